"""Which open requests a stop touches, and what each would have instead.

Read as a job of the system, whose tables are those that are asked for here, or behind the wall of a
reader, who is then told of the own requests alone.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import Q

from placements.domain.values import Answer
from placements.matching.without import Standing, Stopping, lost, next_best
from placements.models import ProviderInquiry, RecommendedUnit
from placements.queries.open_needs import OpenRequest, needs_of, open_requests
from placements.queries.queue import OPEN
from providers.domain.register import Register
from providers.domain.register.unit_document import DRUG_FREE
from spink.catalogue.domain.ladder import ProvisionForm
from spink.foundation import collector

FEW_UNITS = 20
OLDEST = 1000
"""An open end of ages is larger than a column holds."""

Codes = dict[int, list[str]]
"""Units' codes by the request's id."""


@dataclass(frozen=True, slots=True)
class Touched:
    """An open request with the stopped units that are a choice to it, recommended to it, or asked
    for it; `alternative` is the first choice of its match without any of the stopped."""

    request: OpenRequest
    choices: list[str]
    recommended: list[str]
    asked: list[str]
    alternative: Standing | None

    @property
    def units(self) -> list[str]:
        return list(dict.fromkeys([*self.recommended, *self.asked, *self.choices]))


def touched_requests(
    stop: Stopping,
    units: Register,
    register: Register,
    *,
    among: Q | None = None,
    with_choices: bool = True,
) -> list[Touched]:
    """`units` holds those that the stop reaches, without the stop; `register` is the whole.

    Without choices: those alone to whom one of the units is recommended, or for whom it is asked.
    """
    with collector.at_rest():
        return _touched(stop, units, register, Q() if among is None else among, with_choices)


def _touched(
    stop: Stopping, units: Register, register: Register, among: Q, with_choices: bool
) -> list[Touched]:
    codes = list(units.ids)
    recommended, asked = _recommended(codes, stop), _asked(codes, stop)
    named = Q(pk__in={*recommended, *asked})
    if with_choices:
        named |= _could_choose(units)
    rows = open_requests(named & among)
    needs = needs_of(rows)
    choices = lost(needs, units, stop)
    found = [
        place
        for place, row in enumerate(rows)
        if place in choices
        or (
            (row.pk in recommended or row.pk in asked)
            and stop.is_in_force(units.instant, row.wanted_start)
        )
    ]
    instead = next_best([needs[place] for place in found], register, codes)
    return [
        Touched(
            rows[place],
            [one.unit for one in choices.get(place, ())],
            recommended.get(rows[place].pk, []),
            asked.get(rows[place].pk, []),
            alternative,
        )
        for place, alternative in zip(found, instead, strict=True)
    ]


def _could_choose(units: Register) -> Q:
    """Requests of the units' services; where the units are few, without those that none of them
    could take: reading a need costs more than matching it. Of children in a household the adult's
    need is matched, which is not looked at here."""
    services = [code for code in units.provision_forms if len(units.offering(code).rows)]
    asked = Q(service_type__in=services)
    if len(units.ids) > FEW_UNITS:
        return asked
    could = Q(household_of__isnull=False)
    for code in services:
        for row in units.offering(code).rows.tolist():
            could |= Q(service_type=code) & _could_take(units, row)
    return asked & could


def _could_take(units: Register, row: int) -> Q:
    columns = units.tables.units
    met = units.vocabularies.needs.codes_in(columns.needs_met[row].tolist())
    youngest, oldest = int(columns.age_from[row]), int(columns.age_to[row])
    could = Q(needs_required__contained_by=met)
    could &= Q(age=None) | Q(age__gte=youngest, age__lte=min(oldest, OLDEST))
    if says := int(columns.drug_free[row]):
        could &= Q(drug_free=None) | Q(drug_free=says == DRUG_FREE[True])
    return could


def _recommended(codes: Collection[str], stop: Stopping) -> Codes:
    rows = RecommendedUnit.objects.filter(
        unit_code__in=codes,
        stopped_at=None,
        recommendation__withdrawn_at=None,
        recommendation__request__state__in=OPEN,
    )
    columns = ("recommendation__request_id", "unit_code", "provision_form")
    return _closed(rows.order_by("recommendation", "position").values_list(*columns), stop)


def _asked(codes: Collection[str], stop: Stopping) -> Codes:
    """Those who have said no are not waited for."""
    rows = ProviderInquiry.objects.filter(unit_code__in=codes, request__state__in=OPEN).exclude(
        answer=Answer.NO
    )
    columns = ("request_id", "unit_code", "provision_form")
    return _closed(rows.order_by("id").values_list(*columns), stop)


def _closed(rows: Iterable[tuple[int, str, str]], stop: Stopping) -> Codes:
    """No rung is as by direct award: only so could the unit be bought."""
    found: defaultdict[int, dict[str, None]] = defaultdict(dict)
    for request_id, unit, form in rows:
        if stop.closes(ProvisionForm(form or ProvisionForm.DIRECT_AWARD)):
            found[request_id][unit] = None
    return {request_id: list(units) for request_id, units in found.items()}
