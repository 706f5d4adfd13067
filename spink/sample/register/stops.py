"""Stops, as the second half of 2024 brought them, and a few that are in force today.

Figures of `follow_up`: ten order stops on homes for children (five after IVO's investigation),
fifteen pauses and removals after reviews of directly procured providers (three removed, two of
them after IVO's investigation), one recommendation stop on consultant-supported foster care.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Final

from spink.foundation.clock import STOCKHOLM
from spink.sample import facts
from spink.sample.drawing import Draw
from spink.sample.register.document import is_bought_by_award
from spink.sample.register.frameworks import chain_of
from spink.sample.register.plans import StopPlan, Unit

YEAR: Final = 2024
AUTUMN: Final = date(YEAR, 9, 2)
AUTUMN_DAYS: Final = 100
IVO_CLOSED: Final = date(YEAR, 10, 14)
CLOSING_DAYS: Final = 18
"""IVO's decisions of the autumn came one after the other."""
OWN, IVOS = "own_review", "ivo_findings"
INKS: Final = "investigation"
"""Of an order stop that INK has decided on grounds of its own, not Spink's or IVO's."""
PAUSED_FOR: Final = (
    "weak_finances",
    OWN,
    "no_unit_director",
    IVOS,
    "weak_finances",
    "audit_remarks",
    OWN,
    "serious_complaints",
    "no_unit_director",
    "weak_finances",
    IVOS,
    OWN,
)
UNPUBLISHED_FOR: Final = (OWN, IVOS, IVOS)
CLOSED_BY_IVO: Final = 5
SATURDAY: Final = 5


def with_stops(units: Sequence[Unit], *, seed: int, day: date) -> list[Unit]:
    """Each unit with its stops."""
    stopped = _Stopped(units, seed, day)
    ordered = int(facts.follow_up()["order_stops_framework"])
    for number, unit in enumerate(stopped.pick(ordered, stopped.is_contracted_home, AUTUMN)):
        stopped.order_stop_of_the_year(unit, closed_by_ivo=number < CLOSED_BY_IVO)
    for reason, unit in zip(
        UNPUBLISHED_FOR,
        stopped.pick(len(UNPUBLISHED_FOR), stopped.is_bought_home, AUTUMN),
        strict=True,
    ):
        stopped.unpublished_in_the_year(unit, reason)
    for reason, unit in zip(
        PAUSED_FOR, stopped.pick(len(PAUSED_FOR), stopped.is_bought, AUTUMN), strict=True
    ):
        stopped.paused_in_the_year(unit, reason)
    for unit in stopped.pick(1, stopped.is_bought_foster_care, AUTUMN):
        stopped.stop(unit, "recommendation_stop", date(YEAR, 11, 20), "serious_complaints")
    stopped.of_late()
    return stopped.units


Fits = Callable[[Unit, date], bool]


class _Stopped:
    """No provider is stopped twice, so that each stop is told by itself."""

    def __init__(self, units: Sequence[Unit], seed: int, day: date) -> None:
        self._units = {unit.code: unit for unit in units}
        self._seed = seed
        self._draw = Draw(seed, "stops")
        self._day = day
        self._stopped: set[str] = set()

    @property
    def units(self) -> list[Unit]:
        return list(self._units.values())

    def pick(self, count: int, fits: Fits, day: date) -> list[Unit]:
        """So many that fit on the day, each of another provider."""
        fitting = [unit for unit in self.units if fits(unit, day) and not self._is_stopped(unit)]
        found = {unit.provider.code: unit for unit in self._draw.shuffled(fitting)}
        chosen = list(found.values())[:count]
        self._stopped.update(unit.provider.code for unit in chosen)
        return chosen

    def _is_stopped(self, unit: Unit) -> bool:
        return unit.provider.code in self._stopped

    def is_contracted_home(self, unit: Unit, day: date) -> bool:
        chain = chain_of(unit.profile.key, unit.contract_form)
        if unit.profile.key != "children_home" or chain is None:
            return False
        in_force = (one for one in chain.generations(day) if one.valid_from <= day <= one.valid_to)
        return any(one.number in unit.contracts for one in in_force)

    def is_bought(self, unit: Unit, day: date) -> bool:
        return unit.known_from is None and is_bought_by_award(unit, day, self._seed)

    def is_bought_home(self, unit: Unit, day: date) -> bool:
        return unit.profile.key == "children_home" and self.is_bought(unit, day)

    def is_bought_foster_care(self, unit: Unit, day: date) -> bool:
        company = unit.provider.legal_form == "company"
        return unit.profile.key == "foster" and company and self.is_bought(unit, day)

    def order_stop_of_the_year(self, unit: Unit, *, closed_by_ivo: bool) -> None:
        if closed_by_ivo:
            begins = IVO_CLOSED + timedelta(days=self._draw.whole(0, CLOSING_DAYS))
            self._closed(unit, begins)
            self.stop(unit, "order_stop", begins, IVOS, by_ink=True)
        else:
            self.stop(unit, "order_stop", self._in_autumn(), INKS, lasts=(90, 200), by_ink=True)

    def unpublished_in_the_year(self, unit: Unit, reason: str) -> None:
        begins = self._in_autumn()
        if reason == IVOS:
            begins = IVO_CLOSED + timedelta(days=self._draw.whole(0, CLOSING_DAYS))
            self._closed(unit, begins)
        self.stop(unit, "unpublished", begins, reason)

    def paused_in_the_year(self, unit: Unit, reason: str) -> None:
        self.stop(unit, "paused", self._in_autumn(), reason, lasts=(60, 240))

    def of_late(self) -> None:
        """In force on the sample's day: two order stops, three paused, two not recommended."""
        recent: dict[str, tuple[int, Fits, str]] = {
            "order_stop": (2, self.is_contracted_home, IVOS),
            "paused": (3, self.is_bought, "no_unit_director"),
            "recommendation_stop": (2, self.is_bought, "audit_remarks"),
        }
        for kind, (count, fits, reason) in recent.items():
            for unit in self.pick(count, fits, self._day):
                begins = self._day - timedelta(days=self._draw.whole(3, 50))
                self.stop(
                    unit,
                    kind,
                    self._after_the_year(begins),
                    reason,
                    by_ink=fits == self.is_contracted_home,
                )

    def _after_the_year(self, day: date) -> date:
        first = date(YEAR + 1, 1, 7)
        return max(day, first) if first < self._day else day

    def _closed(self, unit: Unit, day: date) -> None:
        """IVO has taken the permit away."""
        if unit.permit_from:
            self._units[unit.code] = replace(unit, permit_to=day)

    def stop(
        self,
        unit: Unit,
        kind: str,
        begins: date,
        reason: str,
        *,
        lasts: tuple[int, int] | None = None,
        by_ink: bool = False,
    ) -> None:
        """`lasts` is the fewest and the most days until it is lifted."""
        lifted = self._at(begins + timedelta(days=self._draw.whole(*lasts))) if lasts else None
        decided = self._at(begins)
        reference = f"N{self._draw.whole(130, 160)}-{self._draw.whole(400, 2400):04}/{begins:%y}"
        plan = StopPlan(kind, decided, reason, lifted, reference if by_ink else "")
        known = self._units[unit.code]
        self._units[unit.code] = replace(known, stops=(*known.stops, plan))

    def _in_autumn(self) -> date:
        return AUTUMN + timedelta(days=self._draw.whole(0, AUTUMN_DAYS))

    def _at(self, day: date) -> datetime:
        """In office hours of the day, or of the Friday before."""
        day -= timedelta(days=max(0, day.weekday() - SATURDAY + 1))
        hour, minute, second = (self._draw.whole(*span) for span in ((9, 15), (0, 59), (0, 59)))
        return datetime.combine(day, time(hour, minute, second), STOCKHOLM)
