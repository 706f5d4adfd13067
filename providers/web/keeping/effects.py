"""What a change does to open requests, in the words of the page that asks whether to save it."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from providers.previews import Effects, UnitEffect, previewer
from spink.catalogue import queries as catalogue

UNITS_SHOWN = 20


@dataclass(frozen=True, slots=True)
class ShownUnit:
    name: str
    gained: str
    lost: str
    moved: str
    why: str


@dataclass(frozen=True, slots=True)
class ShownEffects:
    summary: str
    warnings: list[str]
    by_service: list[tuple[str, str]]
    units: list[ShownUnit]
    more_units: int
    references: list[tuple[str, str]]


def shown_effects(effects: Effects, names: Mapping[str, str]) -> ShownEffects:
    services = catalogue.names([code for code, _count in effects.by_service], of="service")
    tellers = previewer()
    return ShownEffects(
        summary=_summary(effects),
        warnings=_warnings(effects),
        by_service=[
            (services[code], _said(count, effects.least)) for code, count in effects.by_service
        ],
        units=[_unit(unit, names, effects.least) for unit in effects.units[:UNITS_SHOWN]],
        more_units=max(0, len(effects.units) - UNITS_SHOWN),
        references=[(one, tellers.address(one)) for one in effects.references] if tellers else [],
    )


def _is_few(count: int, least: int) -> bool:
    return 0 < count < least


def _said(count: int, least: int) -> str:
    return (
        _("fewer than %(smallest)d") % {"smallest": least} if _is_few(count, least) else str(count)
    )


def _summary(effects: Effects) -> str:
    least, counts = effects.least, {"touched": effects.touched, "count": effects.compared}
    if not effects.compared:
        return _("There are no open requests.")
    if not effects.touched:
        return _unchanged(effects)
    if _is_few(effects.touched, least):
        return _("Fewer than %(smallest)d open requests get other choices.") % {"smallest": least}
    if effects.touches_more:
        return _("At least %(touched)d of %(count)d open requests get other choices.") % counts
    return (
        ngettext(
            "The one open request gets other choices.",
            "%(touched)d of %(count)d open requests get other choices.",
            effects.compared,
        )
        % counts
    )


def _unchanged(effects: Effects) -> str:
    if _is_few(effects.compared, effects.least):
        return _("All open requests get the same choices as before.")
    return ngettext(
        "The one open request gets the same choices as before.",
        "All %(count)d open requests get the same choices as before.",
        effects.compared,
    ) % {"count": effects.compared}


def _warnings(effects: Effects) -> list[str]:
    found = []
    if count := effects.left_without:
        text = ngettext(
            "%(count)s request is left without any unit that fits.",
            "%(count)s requests are left without any unit that fits.",
            max(count, effects.least),
        )
        found.append(text % {"count": _said(count, effects.least)})
    if count := effects.recommended:
        text = ngettext(
            "To %(count)s request a unit that it loses has been recommended already.",
            "To %(count)s requests a unit that they lose has been recommended already.",
            max(count, effects.least),
        )
        found.append(text % {"count": _said(count, effects.least)})
    if count := effects.rescued:
        text = ngettext(
            "%(count)s request that had no unit that fits gets one.",
            "%(count)s requests that had no unit that fits get one.",
            max(count, effects.least),
        )
        found.append(text % {"count": _said(count, effects.least)})
    return [capfirst(text) for text in found]


def _unit(unit: UnitEffect, names: Mapping[str, str], least: int) -> ShownUnit:
    tellers = previewer()
    why = [
        _("%(reason)s (%(count)d)") % {"reason": tellers.reason_word(code), "count": count}
        for code, count in unit.why
        if tellers
    ]
    return ShownUnit(
        names.get(unit.code, unit.code),
        _said(unit.gained, least),
        _said(unit.lost, least),
        _said(unit.moved, least),
        ", ".join(why),
    )
