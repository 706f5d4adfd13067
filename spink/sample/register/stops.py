"""Stops, as the second half of 2024 brought them, and a few that are in force today."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta

from spink.sample.drawing import Draw
from spink.sample.register.plans import StopPlan, Unit

AUTUMN = date(2024, 9, 2)
IVO_CLOSED = date(2024, 10, 14)


def with_stops(units: Sequence[Unit], *, seed: int, day: date) -> list[Unit]:
    """Each unit with its stops; figures of `follow_up`: ten order stops on homes for children
    (five after IVO's investigation), fifteen paused or removed after reviews of directly
    procured ones, one recommendation stop on consultant-supported foster care.
    """
    stopped = _Stopped(units, Draw(seed, "stops"), day)
    homes = stopped.pick(10, lambda u: u.profile.key == "children_home" and _contracted(u))
    for number, unit in enumerate(homes):
        stopped.order_stop_of_2024(unit, closed_by_ivo=number < 5)
    reviewed = stopped.pick(15, _directly_procured)
    for number, unit in enumerate(reviewed):
        stopped.reviewed_in_2024(unit, removed=number < 6, closed_by_ivo=number < 2)
    for unit in stopped.pick(1, lambda u: u.profile.key == "foster" and _directly_procured(u)):
        stopped.stop(unit, "recommendation_stop", AUTUMN, None, "serious_complaints")
    stopped.of_late()
    return stopped.units


def _contracted(unit: Unit) -> bool:
    return 0 in unit.contracts and unit.contract_form == "framework"


def _directly_procured(unit: Unit) -> bool:
    return unit.direct and not unit.contracts


class _Stopped:
    def __init__(self, units: Sequence[Unit], draw: Draw, day: date) -> None:
        self._units = {unit.code: unit for unit in units}
        self._draw = draw
        self._day = day

    @property
    def units(self) -> list[Unit]:
        return list(self._units.values())

    def pick(self, count: int, fits: Callable[[Unit], bool]) -> list[Unit]:
        free = [unit for unit in self.units if fits(unit) and not unit.stops]
        return self._draw.some(free, count)

    def order_stop_of_2024(self, unit: Unit, *, closed_by_ivo: bool) -> None:
        begins = self._late_in_2024()
        if closed_by_ivo:
            self._units[unit.code] = replace(unit, permit_to=IVO_CLOSED)
            self.stop(unit, "order_stop", IVO_CLOSED, None, "ivo_findings")
        else:
            ends = begins + timedelta(days=self._draw.whole(90, 200))
            self.stop(unit, "order_stop", begins, ends, "own_review")

    def reviewed_in_2024(self, unit: Unit, *, removed: bool, closed_by_ivo: bool) -> None:
        begins = self._late_in_2024()
        if closed_by_ivo and unit.permit_from:
            self._units[unit.code] = replace(unit, permit_to=IVO_CLOSED)
        if removed:
            self.stop(unit, "unpublished", begins, None, "weak_finances")
        else:
            ends = begins + timedelta(days=self._draw.whole(60, 240))
            self.stop(unit, "paused", begins, ends, "investigation")

    def of_late(self) -> None:
        """In force on the sample's day: two order stops, three paused, two not recommended."""
        recent = {
            "order_stop": (2, _contracted, "ivo_findings"),
            "paused": (3, _directly_procured, "no_unit_director"),
            "recommendation_stop": (2, _directly_procured, "audit_remarks"),
        }
        for kind, (count, fits, reason) in recent.items():
            for unit in self.pick(count, fits):
                begins = self._day - timedelta(days=self._draw.whole(3, 50))
                self.stop(unit, kind, begins, None, reason)

    def stop(self, unit: Unit, kind: str, begins: date, ends: date | None, reason: str) -> None:
        known = self._units[unit.code]
        plan = StopPlan(kind, begins, ends, reason)
        self._units[unit.code] = replace(known, stops=(*known.stops, plan))

    def _late_in_2024(self) -> date:
        return AUTUMN + timedelta(days=self._draw.whole(0, 100))
