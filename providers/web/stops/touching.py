"""What a stop would touch, in the words of the page that asks whether to decide it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from providers.queries import named_units
from providers.stop_previews import Counts, OwnCase, StopEffects, StopTeller
from spink.catalogue import queries as catalogue
from spink.catalogue.domain.ladder import LADDER
from spink.catalogue.wording import rung_name


@dataclass(frozen=True, slots=True)
class ShownPlace:
    department: str
    municipality: str
    service: str
    matched: str
    asked: str
    recommended: str
    without: str
    has_without: bool


@dataclass(frozen=True, slots=True)
class ShownService:
    service: str
    said: str
    look: str
    instead: list[str]
    """For how many the next best stands on each rung."""


@dataclass(frozen=True, slots=True)
class ShownCase:
    reference: str
    address: str
    units: str
    instead: str


@dataclass(frozen=True, slots=True)
class Shown:
    touched: str
    matched: str
    asked: str
    recommended: str
    without: str
    is_touched: bool
    has_without: bool
    has_few: bool
    services: list[ShownService]
    rungs: list[str]
    places: list[ShownPlace]
    cases: list[ShownCase]
    has_more_cases: bool


def shown(effects: StopEffects, teller: StopTeller) -> Shown:
    say = _Saying(effects.least)
    counts = list(effects.by_place.values())
    services = catalogue.names(effects.instead, of="service")
    without = [one.without for one in counts]
    return Shown(
        touched=say.total([one.touched for one in counts]),
        matched=say.total([one.matched for one in counts]),
        asked=say.total([one.asked for one in counts]),
        recommended=say.total([one.recommended for one in counts]),
        without=say.total(without),
        is_touched=bool(counts),
        has_without=any(without),
        has_few=effects.least > 0,
        services=[
            _service(services[code], by_form, say)
            for code, by_form in sorted(effects.instead.items(), key=lambda one: services[one[0]])
        ],
        rungs=[str(rung_name(form)) for form in LADDER],
        places=[
            _place(place.municipality, place.department, services[place.service], one, say)
            for place, one in effects.by_place.items()
        ],
        cases=_cases(effects.own, teller),
        has_more_cases=effects.has_more_own,
    )


@dataclass(frozen=True, slots=True)
class _Saying:
    least: int

    def count(self, count: int) -> str:
        if 0 < count < self.least:
            return _("fewer than %(smallest)d") % {"smallest": self.least}
        return str(count)

    def total(self, counts: Iterable[int]) -> str:
        """No more than its parts say: a part that is told as few counts as one."""
        known = [count for count in counts if count]
        if sum(known) < self.least:
            return self.count(sum(known))
        few = [count for count in known if count < self.least]
        told = sum(known) - sum(few) + len(few)
        return _("at least %(count)d") % {"count": told} if few else str(told)


def _service(name: str, by_form: Mapping[str, int], say: _Saying) -> ShownService:
    none, touched = by_form.get("", 0), sum(by_form.values())
    instead = [say.count(by_form.get(form.value, 0)) for form in LADDER]
    if not none and touched < say.least:
        return ShownService(name, _("Yes, for all"), "fits", instead)
    if not none:
        said = ngettext("Yes, for the one", "Yes, for all %(count)s", touched)
        return ShownService(name, said % {"count": say.count(touched)}, "fits", instead)
    if none == touched:
        return ShownService(name, _("No, for none"), "late", instead)
    text = _("Not for %(none)s of %(count)s")
    said = text % {"none": say.count(none), "count": say.count(touched)}
    return ShownService(name, said, "late", instead)


def _place(
    municipality: str, department: str, service: str, one: Counts, say: _Saying
) -> ShownPlace:
    return ShownPlace(
        department,
        municipality,
        service,
        say.count(one.matched),
        say.count(one.asked),
        say.count(one.recommended),
        say.count(one.without),
        one.without > 0,
    )


def _cases(own: list[OwnCase], teller: StopTeller) -> list[ShownCase]:
    names = named_units({code for one in own for code in (*one.units, one.alternative)})
    return [
        ShownCase(
            one.reference,
            teller.address(one.reference),
            ", ".join(names[code].name for code in one.units if code in names),
            _instead(one, names[one.alternative].name if one.alternative in names else ""),
        )
        for one in own
    ]


def _instead(one: OwnCase, name: str) -> str:
    return f"{name}, {rung_name(one.form)}" if name else _("No other unit fits")
