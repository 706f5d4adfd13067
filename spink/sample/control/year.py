"""Who works with the control of providers in the sample's year, and on which days."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Final, NamedTuple

from providers.models import CareUnit
from spink.accounts.models import Unit as Workplace
from spink.accounts.models import User
from spink.foundation.clock import STOCKHOLM
from spink.sample.control.shown import workday
from spink.sample.drawing import Draw
from spink.sample.register.frameworks import chain_of
from spink.sample.register.plans import Unit
from spink.sample.register.stops import YEAR
from spink.sample.register.world import World
from spink.sample.requests.staff import Staff, staff_of

KEEPERS: Final = ("kvalitet", "kvalitet2", "kvalitet3")
LAWYER: Final = "jurist"
LAST_DAY: Final = date(YEAR, 12, 31)
FOR_CHILDREN: Final = frozenset(
    {"children_home", "foster", "youth_housing", "child_outpatient", "special_children"}
)
FOR_DISABILITY: Final = frozenset(
    {"special_adults", "short_term_psychiatric", "short_term_physical", "short_term_stay", "camp"}
)
DEPARTMENTS: Final = ("Centrum", "Hisingen", "Nordost", "Sydväst")


class Telling(NamedTuple):
    """What somebody did, told when the sample is as it was then."""

    at: datetime
    do: Callable[[], None]
    changes_register: bool = True


@dataclass(frozen=True)
class Year:
    """`units` are those of the sample's register, as they were planned."""

    seed: int
    staff: Staff
    units: Sequence[Unit]
    people: Mapping[str, User]

    @classmethod
    def of(cls, world: World) -> "Year":
        people = User.objects.filter(username__in=[*KEEPERS, LAWYER])
        by_name = {one.username: one for one in people}
        return cls(world.seed, staff_of(), world.units, by_name)

    @staticmethod
    def row(unit: Unit) -> CareUnit:
        return CareUnit.objects.select_related("provider").get(code=unit.code)

    def draw(self, *part: object) -> Draw:
        return Draw(self.seed, "control", *part)

    def keeper(self, number: int) -> User:
        return self.people[KEEPERS[number % len(KEEPERS)]]

    @property
    def lawyer(self) -> User:
        return self.people[LAWYER]

    def is_on_rung(self, unit: Unit, form: str, day: date) -> bool:
        """Of a contract, whether one is in force that the city is a party to."""
        chain = chain_of(unit.profile.key, unit.contract_form)
        if chain is None or chain.form != form or self.staff.municipality not in chain.parties:
            return False
        in_force = (one for one in chain.generations(day) if one.valid_from <= day <= one.valid_to)
        return any(one.number in unit.contracts for one in in_force)

    def filer_for(self, unit: Unit, draw: Draw) -> tuple[Workplace, User]:
        """The unit of the organisation that places there, and one of its social workers."""
        place = self.staff.units[draw.one(DEPARTMENTS), "Missbruk och beroende"]
        if unit.profile.key in FOR_DISABILITY:
            place = self.staff.units[
                "Funktionsstöd", draw.one(("Myndighet vuxna 1", "Myndighet vuxna 2"))
            ]
        elif unit.profile.key in FOR_CHILDREN:
            place = self.staff.units[draw.one(DEPARTMENTS), "Placerade barn och familjehem"]
        elif unit.is_protected:
            place = self.staff.units[draw.one(DEPARTMENTS), "Relationsvåld"]
        return place, self.staff.filers[place.pk][0]


def at_work(day: date, draw: Draw) -> datetime:
    """In office hours of the day, or of the Friday before."""
    clock_time = time(draw.whole(8, 15), draw.whole(0, 59))
    return datetime.combine(workday(day), clock_time, STOCKHOLM)
