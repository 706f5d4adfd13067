"""When requests come: by season, on working days, in office hours, now and then at night."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Final

from spink.foundation.clock import STOCKHOLM
from spink.sample.drawing import Draw

MONTHS: Final = {
    1: 1.08,
    2: 1.0,
    3: 1.06,
    4: 0.99,
    5: 1.01,
    6: 0.98,
    7: 0.82,
    8: 0.99,
    9: 1.07,
    10: 1.09,
    11: 1.05,
    12: 0.86,
}
WEEKDAYS: Final = (1.12, 1.08, 1.03, 1.02, 0.95, 0.06, 0.05)
"""Monday to Sunday; on weekends only the out-of-hours workers file."""
FIRST_HOUR: Final = 8
LAST_HOUR: Final = 16
SATURDAY: Final = 5


def sent_times(year: int, count: int, draw: Draw) -> list[datetime]:
    """So many aware times of the year, in order."""
    days = list(_days(year))
    weights = {day: MONTHS[day.month] * WEEKDAYS[day.weekday()] for day in days}
    return sorted(_time_on(day, draw) for day in draw.many(weights, count))


def office_time_after(at: datetime, hours: float) -> datetime:
    """So many office hours later, on a working day between eight and five."""
    local = at.astimezone(STOCKHOLM)
    left = timedelta(hours=hours)
    while True:
        opens = datetime.combine(local.date(), time(FIRST_HOUR), STOCKHOLM)
        closes = datetime.combine(local.date(), time(LAST_HOUR + 1), STOCKHOLM)
        local = max(local, opens)
        if local.weekday() < SATURDAY and local + left <= closes:
            return local + left
        if local.weekday() < SATURDAY and local < closes:
            left -= closes - local
        local = datetime.combine(local.date() + timedelta(days=1), time(FIRST_HOUR), STOCKHOLM)


def _days(year: int) -> Iterator[date]:
    day = date(year, 1, 1)
    while day.year == year:
        yield day
        day += timedelta(days=1)


def _time_on(day: date, draw: Draw) -> datetime:
    hour = draw.whole(FIRST_HOUR, LAST_HOUR)
    if day.weekday() >= SATURDAY:
        hour = draw.whole(17, 22)
    at = time(hour, draw.whole(0, 59), draw.whole(0, 59))
    return datetime.combine(day, at, STOCKHOLM)
