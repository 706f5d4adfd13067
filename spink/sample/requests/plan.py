"""The requests of a year: how many of what, from whom, about whom. Pure, and exact in number."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from spink.foundation.clock import STOCKHOLM
from spink.sample import facts
from spink.sample.drawing import Draw
from spink.sample.persons import People, Somebody
from spink.sample.requests.calendar import sent_times
from spink.sample.requests.content import Asked, apportioned, asked, subtype_counts
from spink.sample.requests.services import DRUG_FREE, SERVICES, Service

HOUSING_TOO: Final = 0.27
"""Persons with a request for short-term housing who have one for social housing that year."""
FAMILY_HOME_TOO: Final = 0.17
"""Persons with a request for a children's home who have one for a foster home that month."""
SAME_UNIT: Final = 0.75
BACK_NEXT_YEAR: Final = 0.25
SIS_SHORTAGE: Final = {2023: 40, 2024: 55}
YEARS: Final = (2023, 2024)
ADULT: Final = 18

Filers = Mapping[str, Sequence[str]]
"""Names of units by the short name of Göteborg's departments."""


@dataclass(frozen=True)
class Case:
    """Somebody whom a unit files for. Two units that file for the same person are two cases."""

    somebody: Somebody
    department: str
    unit: str


@dataclass(frozen=True)
class Planned:
    sent_at: datetime
    case: Case
    asked: Asked


class YearPlan:
    """Plans year after year: some of a year's people come back in the next."""

    def __init__(self, seed: int, filers: Filers) -> None:
        self._seed = seed
        self._filers = filers
        self._people = People(seed, "history")
        self._last_year: list[Case] = []

    def requests_of(self, year: int, *, share: float = 1.0) -> list[Planned]:
        """In the order in which they were sent; `share` below 1 makes a small trial."""
        counts = {
            service: max(1, round(count * share)) if share < 1 else count
            for service, count in facts.requests_of(year).items()
        }
        planned: list[Planned] = []
        for service in self._in_turn():
            planned += self._of(service, year, counts[service.code], planned)
        return sorted(planned, key=lambda one: one.sent_at)

    @staticmethod
    def _in_turn() -> list[Service]:
        """Those whose people others take over come first."""
        first = ("short_term_housing", "residential_care_home")
        others = [code for code in SERVICES if code not in first]
        return [SERVICES[code] for code in (*first, *others)]

    def _of(
        self, service: Service, year: int, count: int, planned: Sequence[Planned]
    ) -> list[Planned]:
        draw = Draw(self._seed, "requests", year, service.code)
        times = sent_times(year, count, draw)
        cases = self._cases(service, year, times, planned, draw)
        subtypes = _dealt(subtype_counts(service, count, year), draw)
        free = _drug_free(service, count, draw)
        shortage = _shortage(service, year, cases, draw)
        return [
            Planned(
                at,
                cases[number],
                asked(
                    service,
                    subtype=subtypes[number],
                    age=cases[number].somebody.age_in(year),
                    gender=cases[number].somebody.gender,
                    day=at.astimezone(STOCKHOLM).date(),
                    draw=draw,
                    drug_free=free[number],
                    sis_shortage=number in shortage,
                ),
            )
            for number, at in enumerate(times)
        ]

    def _cases(
        self,
        service: Service,
        year: int,
        times: Sequence[datetime],
        planned: Sequence[Planned],
        draw: Draw,
    ) -> list[Case]:
        """Whom each of the times' requests is about."""
        given: dict[int, Case] = {}
        known: list[Case] = []
        if service.code == "foster_home":
            given = self._family_home_too(times, planned, draw)
        elif service.code == "supported_social_housing":
            known = self._housing_too(planned, service, draw)
        left = [number for number in range(len(times)) if number not in given]
        persons = min(len(left), max(len(known), round(len(left) / service.per_person)))
        new = [self._new(service, year, draw) for _ in range(persons - len(known))]
        everybody = [*known, *new]
        again = [draw.one(everybody) for _ in range(len(left) - len(everybody))]
        given |= dict(zip(left, draw.shuffled([*everybody, *again]), strict=True))
        if service.code == "supported_social_housing":
            self._last_year = everybody
        return [given[number] for number in range(len(times))]

    def _housing_too(self, planned: Sequence[Planned], service: Service, draw: Draw) -> list[Case]:
        """The same share of those who asked for short-term housing, and some of last year's."""
        short_term = _unique(
            one.case for one in planned if one.asked.service_type == "short_term_housing"
        )
        chosen = draw.some(short_term, round(HOUSING_TOO * len(short_term)))
        taken = {id(case.somebody) for case in short_term}
        back = [case for case in self._last_year if id(case.somebody) not in taken]
        returning = draw.some(back, round(BACK_NEXT_YEAR * len(back)))
        return [self._perhaps_elsewhere(case, service, draw) for case in chosen] + returning

    def _family_home_too(
        self,
        times: Sequence[datetime],
        planned: Sequence[Planned],
        draw: Draw,
    ) -> dict[int, Case]:
        """Children for whom the social worker hedges: both services in the same month."""
        by_month: dict[int, list[int]] = defaultdict(list)
        for number, at in enumerate(times):
            by_month[at.month].append(number)
        given: dict[int, Case] = {}
        for month, numbers in by_month.items():
            in_homes = _unique(
                one.case
                for one in planned
                if one.asked.service_type == "residential_care_home" and one.sent_at.month == month
            )
            wanted = round(FAMILY_HOME_TOO * len(in_homes))
            young = [case for case in in_homes if case.somebody.age_in(times[0].year) < ADULT]
            chosen = draw.some(young, wanted)
            given |= dict(zip(draw.some(numbers, len(chosen)), chosen, strict=False))
        return given

    def _perhaps_elsewhere(self, case: Case, service: Service, draw: Draw) -> Case:
        """Mostly the same unit files; else another department, which has a record of its own."""
        if draw.chance(SAME_UNIT) or not case.somebody.number:
            return case
        return Case(case.somebody, *self._filer(service, draw))

    def _new(self, service: Service, year: int, draw: Draw) -> Case:
        low, high = draw.weighted(service.ages)
        somebody = self._people.somebody(
            gender=_gender(service, draw),
            birth_year=year - draw.whole(low, high),
            in_shelter=service.code == "protected_housing",
        )
        return Case(somebody, *self._filer(service, draw))

    def _filer(self, service: Service, draw: Draw) -> tuple[str, str]:
        department = draw.weighted(service.departments)
        return department, draw.one(filing_units(service, self._filers[department]))


def filing_units(service: Service, names: Sequence[str]) -> list[str]:
    """Those of a department's units that file for the service; all where none is named so."""
    return [name for name in names if name.startswith(service.units)] or list(names)


def _unique(cases: Iterable[Case]) -> list[Case]:
    found: dict[int, Case] = {}
    for case in cases:
        found.setdefault(id(case.somebody), case)
    return list(found.values())


def _gender(service: Service, draw: Draw) -> str:
    if draw.chance(0.008):
        return "other"
    return "woman" if draw.chance(service.women) else "man"


def _dealt(counts: Mapping[str, int], draw: Draw) -> list[str]:
    return draw.shuffled([name for name, count in counts.items() for _ in range(count)])


def _drug_free(service: Service, count: int, draw: Draw) -> list[bool | None]:
    """Asked for separately in supported social housing, and nowhere else."""
    if service.code != "supported_social_housing":
        return [None] * count
    shares = apportioned(count, {"free": DRUG_FREE, "use": 1 - DRUG_FREE})
    return draw.shuffled([True] * shares["free"] + [False] * shares["use"])


def _shortage(service: Service, year: int, cases: Sequence[Case], draw: Draw) -> set[int]:
    """Numbers of the requests of youths who needed a place at SiS and got none: one a youth."""
    if service.code != "residential_care_home":
        return set()
    first: dict[int, int] = {}
    for number, case in enumerate(cases):
        if 12 <= case.somebody.age_in(year) < 20:
            first.setdefault(id(case.somebody), number)
    return set(draw.some(list(first.values()), SIS_SHORTAGE.get(year, 0)))
