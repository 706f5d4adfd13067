"""Days as they are said where there is little room."""

from datetime import date, datetime

from spink.foundation.clock import STOCKHOLM
from spink.web import wording


def short(day: date, *, today: date) -> str:
    """17 nov; the year only where it is another one."""
    said = wording.short_day(day)
    return said.removesuffix(f" {day.year}") if day.year == today.year else said


def short_moment(at: datetime, *, now: datetime) -> str:
    """i dag 08:15, i går 16:40; before that only the day, since its hour says no more."""
    day, today = at.astimezone(STOCKHOLM).date(), now.astimezone(STOCKHOLM).date()
    if abs((day - today).days) <= 1:
        return wording.moment(at, now=now)
    return short(day, today=today)
