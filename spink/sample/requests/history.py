"""Two years of requests, matched in the register as it was and written in bulk."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any, Final

from django.db import connection

from placements.matching import Need, match_all
from placements.models import (
    InformationRequest,
    OutcomeFeedback,
    Person,
    PersonIdentity,
    PlacementRequest,
    ProviderInquiry,
    Recommendation,
    RecommendedUnit,
    TimelineEntry,
)
from placements.queries.matching import need_of
from providers import queries as register_queries
from providers.domain.register import Register
from spink.accounts.domain.jobs import SystemJob
from spink.accounts.wall import opened_for_job
from spink.catalogue.domain.ladder import ProvisionForm
from spink.sample.bulk import insert, insert_numbered, next_ids
from spink.sample.drawing import Draw
from spink.sample.requests import records
from spink.sample.requests.handling import Handled, conclude, taken
from spink.sample.requests.plan import YEARS, Planned, YearPlan
from spink.sample.requests.rates import RatesThen
from spink.sample.requests.records import Filed, Finished, UnitNames
from spink.sample.requests.staff import Staff, staff_of
from spink.sample.requests.timeline import timeline_of

BATCH: Final = 1000
OWN_SHARE: Final = 0.5
"""Decided for new assignments of Bostad först."""

Advance = Callable[[int], None]


@dataclass(frozen=True)
class Editions:
    """The diary's numbers by time, from the first to the last."""

    times: Sequence[datetime]
    numbers: Sequence[int]

    def number_at(self, at: datetime) -> int:
        return self.numbers[bisect_right(self.times, at) - 1]


class History:
    """`rates` know what units cost on a day; `names` are the units' by code."""

    def __init__(
        self,
        *,
        seed: int,
        editions: Editions,
        rates: RatesThen,
        names: Mapping[str, UnitNames],
        share: float = 1.0,
    ) -> None:
        self._seed = seed
        self._editions = editions
        self._rates = rates
        self._names = names
        self._share = share

    def count(self) -> int:
        return sum(len(planned) for planned in self._plans(staff_of()).values())

    def load(self, advance: Advance) -> int:
        """Write all of it in one transaction; `advance` is told of every batch written."""
        with opened_for_job(SystemJob.LOAD_SAMPLE):
            staff = staff_of()
            filed = [
                one
                for year, planned in self._plans(staff).items()
                for one in self._filed(year, planned, staff)
            ]
            _add_people(filed)
            finished = self._finished(filed)
            for first in range(0, len(finished), BATCH):
                batch = finished[first : first + BATCH]
                self._write(batch)
                advance(len(batch))
        return len(filed)

    def _plans(self, staff: Staff) -> dict[int, list[Planned]]:
        plan = YearPlan(self._seed, staff.names_of_units)
        return {year: plan.requests_of(year, share=self._share) for year in YEARS}

    def _filed(self, year: int, planned: Sequence[Planned], staff: Staff) -> Iterator[Filed]:
        for number, one in enumerate(planned, start=1):
            reference = f"{year}-{number:05}"
            yield records.file_request(one, reference, staff, Draw(self._seed, reference))
        _set_counter(year, len(planned))

    def _finished(self, filed: Sequence[Filed]) -> list[Finished]:
        """Matched in the order of their recommendations, since a decided split counts choices."""
        begun = [(one, taken(one.planned, one.draw)) for one in filed]
        begun.sort(key=lambda pair: pair[1].recommend_at)
        split = _Split()
        return [
            finished
            for (number, day), group in groupby(begun, key=self._matched_in)
            for finished in self._matched(list(group), number, day, split)
        ]

    def _matched_in(self, pair: tuple[Filed, Handled]) -> tuple[int, date]:
        handled = pair[1]
        return self._editions.number_at(handled.recommend_at), handled.matched_on

    def _matched(
        self, group: list[tuple[Filed, Handled]], number: int, day: date, split: "_Split"
    ) -> Iterator[Finished]:
        register = _register(number).at(day)
        needs = [need_of(filed.request) for filed, _ in group]
        outcomes = match_all([_read(need, register) for need in needs], register)
        for (filed, handled), need, outcome in zip(group, needs, outcomes, strict=True):
            service = filed.request.service_type
            reached = split.own_share_reached(service, day.year)
            rungs: Any = outcome.to_dict("none")["rungs"]
            conclude(handled, outcome, rungs, own_share_reached=reached, draw=filed.draw)
            split.count(service, day.year, handled)
            records.finish(filed, handled)
            yield Finished(
                filed=filed,
                handled=handled,
                need=need,
                register_number=number,
                rungs=rungs,
                digest=outcome.digest() if handled.recommended else "",
                rates=self._rates.of(filed.request, handled.recommended, number),
            )

    def _write(self, batch: Sequence[Finished]) -> None:
        """Parents before what hangs on them: their keys are in the children's rows."""
        names = self._names
        insert_numbered(PlacementRequest, [one.filed.request for one in batch])
        information = [records.information_of(one) for one in batch]
        insert_numbered(InformationRequest, [one for one in information if one])
        inquiries = [row for one in batch for row in records.inquiries_of(one, names)]
        insert_numbered(ProviderInquiry, inquiries)
        sent = [(one, made) for one in batch if (made := one.handled.recommended)]
        rows = [records.recommendation_of(one, made) for one, made in sent]
        insert_numbered(Recommendation, rows)
        units = [
            unit
            for (one, made), row in zip(sent, rows, strict=True)
            for unit in records.units_of(one, row, made, names)
        ]
        insert_numbered(RecommendedUnit, units)
        feedback = (records.feedback_of(one, names) for one in batch)
        insert_numbered(OutcomeFeedback, [one for one in feedback if one])
        entries = [
            entry
            for one, asked in zip(batch, information, strict=True)
            for entry in timeline_of(one, asked, names)
        ]
        ids = next_ids(TimelineEntry, len(entries))
        insert(TimelineEntry, (e._replace(id=key) for e, key in zip(entries, ids, strict=True)))


class _Split:
    """Counts the choices of Bostad först, of which own units get their decided share."""

    def __init__(self) -> None:
        self._own: Counter[int] = Counter()
        self._all: Counter[int] = Counter()

    def own_share_reached(self, service: str, year: int) -> bool:
        own, total = self._own[year], self._all[year]
        return service == "housing_first" and total > 0 and own >= OWN_SHARE * total

    def count(self, service: str, year: int, handled: Handled) -> None:
        reported = handled.reported
        if service == "housing_first" and reported and reported.unit:
            self._all[year] += 1
            self._own[year] += reported.form is ProvisionForm.IN_HOUSE


_registers: dict[int, Register] = {}


def _register(number: int) -> Register:
    """As it was at the number; the one that is asked for is kept, and no other."""
    if number not in _registers:
        _registers.clear()
        _registers[number] = register_queries.register_at_number(number, instant=date(2023, 1, 1))
    return _registers[number]


def _read(need: dict[str, Any], register: Register) -> Need:
    return Need.from_document(need, place="request", service_types=register.provision_forms)


def _add_people(filed: Sequence[Filed]) -> None:
    """One row for each person and unit, with the identity that it hides."""
    people: dict[tuple[int, int], Person] = {}
    identities: list[PersonIdentity] = []
    for one in filed:
        somebody = one.planned.case.somebody
        key = id(somebody), one.request.unit_id
        if key not in people:
            people[key] = records.person_of(
                somebody, unit_id=key[1], filer=one.filer, at=one.planned.sent_at
            )
            identities.append(records.identity_of(people[key], somebody))
    insert_numbered(Person, list(people.values()))
    for identity, person in zip(identities, people.values(), strict=True):
        identity.person_id = person.pk
    insert(PersonIdentity, identities)
    for one in filed:
        one.request.person_id = people[id(one.planned.case.somebody), one.request.unit_id].pk


def _set_counter(year: int, last: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO placements_referencecounter AS counter (year, last) VALUES (%s, %s)"
            " ON CONFLICT (year) DO UPDATE SET last = greatest(counter.last, EXCLUDED.last)",
            [year, last],
        )
