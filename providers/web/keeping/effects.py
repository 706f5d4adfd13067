"""What a change does to open requests, in the words of the page that asks whether to save it."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from providers.previews import Effects, UnitEffect, previewer
from spink.catalogue import queries as catalogue

UNITS_SHOWN = 20


@dataclass(frozen=True, slots=True)
class ShownUnit:
    name: str
    gained: int
    lost: int
    moved: int
    why: str


@dataclass(frozen=True, slots=True)
class ShownEffects:
    summary: str
    warnings: list[str]
    by_service: list[tuple[str, int]]
    units: list[ShownUnit]
    more_units: int
    references: list[tuple[str, str]]


def shown_effects(effects: Effects, names: Mapping[str, str]) -> ShownEffects:
    services = catalogue.names([code for code, _count in effects.by_service], of="service")
    tellers = previewer()
    return ShownEffects(
        summary=_summary(effects),
        warnings=_warnings(effects),
        by_service=[(services[code], count) for code, count in effects.by_service],
        units=[_unit(unit, names) for unit in effects.units[:UNITS_SHOWN]],
        more_units=max(0, len(effects.units) - UNITS_SHOWN),
        references=[(one, tellers.address(one)) for one in effects.references] if tellers else [],
    )


def _summary(effects: Effects) -> str:
    if not effects.compared:
        return _("There are no open requests.")
    if not effects.touched:
        return ngettext(
            "The one open request gets the same choices as before.",
            "All %(count)d open requests get the same choices as before.",
            effects.compared,
        ) % {"count": effects.compared}
    return ngettext(
        "The one open request gets other choices.",
        "%(touched)d of %(count)d open requests get other choices.",
        effects.compared,
    ) % {"touched": effects.touched, "count": effects.compared}


def _warnings(effects: Effects) -> list[str]:
    found = []
    if effects.left_without:
        found.append(
            ngettext(
                "%(count)d request is left without any unit that fits.",
                "%(count)d requests are left without any unit that fits.",
                effects.left_without,
            )
            % {"count": effects.left_without}
        )
    if effects.recommended:
        found.append(
            ngettext(
                "To %(count)d request a unit that it loses has been recommended already.",
                "To %(count)d requests a unit that they lose has been recommended already.",
                effects.recommended,
            )
            % {"count": effects.recommended}
        )
    if effects.rescued:
        found.append(
            ngettext(
                "%(count)d request that had no unit that fits gets one.",
                "%(count)d requests that had no unit that fits get one.",
                effects.rescued,
            )
            % {"count": effects.rescued}
        )
    return found


def _unit(unit: UnitEffect, names: Mapping[str, str]) -> ShownUnit:
    tellers = previewer()
    said = [
        _("%(reason)s (%(count)d)") % {"reason": tellers.reason_word(code), "count": count}
        for code, count in unit.why
        if tellers
    ]
    return ShownUnit(
        names.get(unit.code, unit.code), unit.gained, unit.lost, unit.moved, ", ".join(said)
    )
