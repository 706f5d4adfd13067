"""Working time: when a municipality's placement function is open, and time counted in it alone.

Closed are Swedish holidays with the eves that the annual leave act counts as Sundays, and what the
municipality adds itself: half days and days between holidays. Hours are Swedish wall-clock hours,
and lengths are real ones, so that the days of changing to and from summer time come out right.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import Final, TypeAlias

from holidays.countries.sweden import Sweden

from placements.domain.values import Urgency
from spink.foundation.clock import STOCKHOLM

ONE_DAY: Final = timedelta(days=1)
Hours: TypeAlias = tuple[time, time]


@dataclass(frozen=True, slots=True)
class OfficeRule:
    """How a placement function works from a day on, until the next rule.

    `week` begins with Monday; None is closed. `hours` are the working hours within which it
    answers. Out of hours `jour_name` answers at `jour_phone`.
    """

    valid_from: date
    week: tuple[Hours | None, ...]
    hours: Mapping[Urgency, int]
    feedback_days: int
    jour_name: str = ""
    jour_phone: str = ""


DAYTIME: Final = (time(8), time(17))
STANDARD: Final = OfficeRule(
    valid_from=date.min,
    week=(DAYTIME,) * 5 + (None, None),
    hours={Urgency.ACUTE: 4, Urgency.SOON: 9, Urgency.PLANNED: 45},
    feedback_days=3,
)
"""Where a municipality has decided nothing."""


@dataclass(frozen=True, slots=True)
class Office:
    """A placement function's working time. `rules` are in order of their days; before the first
    of them the standard holds. `closings` are its own: when it closes on a day, None all day."""

    rules: tuple[OfficeRule, ...] = ()
    closings: Mapping[date, time | None] = field(default_factory=dict)

    def rule_on(self, day: date) -> OfficeRule:
        begun = [rule for rule in self.rules if rule.valid_from <= day]
        return begun[-1] if begun else STANDARD

    def hours_on(self, day: date) -> Hours | None:
        """When it opens and closes that day, by the clock on the wall; None where it is closed."""
        hours = self.rule_on(day).week[day.weekday()]
        if hours is None or day in _holidays_of(day.year):
            return None
        if day not in self.closings:
            return hours
        closes = self.closings[day]
        return (hours[0], min(hours[1], closes)) if closes and closes > hours[0] else None

    def is_open(self, at: datetime) -> bool:
        span = self._span(_day(at))
        return span is not None and span[0] <= at < span[1]

    def next_opening(self, at: datetime) -> datetime:
        """The moment itself while it is open."""
        day = _day(at)
        while (span := self._span(day)) is None or span[1] <= at:
            day += ONE_DAY
        return max(at.astimezone(UTC), span[0])

    def add(self, start: datetime, working: timedelta) -> datetime:
        """The moment when so much working time has passed; never outside of the office hours."""
        left, at = working, self.next_opening(start)
        while True:
            closes = self._closes(at)
            if left <= closes - at:
                return (at + left).astimezone(STOCKHOLM)
            left -= closes - at
            at = self.next_opening(closes)

    def between(self, start: datetime, end: datetime) -> timedelta:
        """The working time from one moment to another; none where the second is not later."""
        passed, at, end = timedelta(), self.next_opening(start), end.astimezone(UTC)
        while at < end:
            closes = self._closes(at)
            passed += min(closes, end) - at
            at = self.next_opening(closes)
        return passed

    def working_day(self, day: date, after: int) -> date:
        """The so many-th day after `day` on which it is open at all."""
        left = after
        while left:
            day += ONE_DAY
            left -= self.hours_on(day) is not None
        return day

    def end_of_next_day(self, at: datetime) -> datetime:
        """When the first working day that begins after the moment ends."""
        opens = self.next_opening(at)
        day = _day(opens) if opens > at else self.working_day(_day(at), 1)
        return self._closes(self.next_opening(_moment(day, time()))).astimezone(STOCKHOLM)

    def _closes(self, at: datetime) -> datetime:
        span = self._span(_day(at))
        if span is None:
            raise ValueError(f"closed at {at}")
        return span[1]

    def _span(self, day: date) -> tuple[datetime, datetime] | None:
        hours = self.hours_on(day)
        return hours and (_moment(day, hours[0]), _moment(day, hours[1]))


def _moment(day: date, at: time) -> datetime:
    """In UTC, where a difference is the time that really passed."""
    return datetime.combine(day, at, STOCKHOLM).astimezone(UTC)


def _day(at: datetime) -> date:
    return at.astimezone(STOCKHOLM).date()


@cache
def _holidays_of(year: int) -> frozenset[date]:
    """Red days, Midsummer, Christmas and New Year's eve; Sundays are the week's own matter."""
    found = Sweden(years=year, categories=("public", "de_facto"), include_sundays=False)
    return frozenset(found)


@dataclass(frozen=True, slots=True)
class UsualDay:
    """A day on which many municipalities close early or stay closed, though it is no holiday."""

    day: date
    name: str
    closes_at: time | None


NOON: Final = time(12)
BRIDGE: Final = "Klämdag"


def usual_days(year: int) -> list[UsualDay]:
    """What is proposed for the municipality's own table: half days, and days between holidays."""
    found = Sweden(years=year, categories=("optional",), language="sv", include_sundays=False)
    named = {day: name.partition(" (")[0] for day, name in found.items()}
    first = date(year, 1, 1)
    days = [first + timedelta(days=number) for number in range(366)]
    bridges = {day: BRIDGE for day in days if day.year == year and _is_bridge(day)}
    return [
        UsualDay(day, name, None if name == BRIDGE else NOON)
        for day, name in sorted((bridges | named).items())
        if _is_worked(day)
    ]


def _is_worked(day: date) -> bool:
    return STANDARD.week[day.weekday()] is not None and day not in _holidays_of(day.year)


def _is_bridge(day: date) -> bool:
    """A single working day between two that are free."""
    return _is_worked(day) and not _is_worked(day - ONE_DAY) and not _is_worked(day + ONE_DAY)
