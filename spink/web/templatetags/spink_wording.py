"""Filters over spink.web.wording, with the clock read where a text depends on it."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django import template

from spink.foundation import clock
from spink.web import wording

register = template.Library()


def _filter(name: str, say: Callable[[Any], str]) -> None:
    """What is not there is said by nothing, so that templates need no `if` around a date."""
    register.filter(name, lambda value: "" if value in (None, "") else say(value))


def _near_day(value: date) -> str:
    return wording.near_day(value, today=clock.today())


def _days_until(value: date) -> str:
    return wording.days_until(value, today=clock.today())


def _moment(value: datetime) -> str:
    return wording.moment(value, now=clock.now())


def _until(value: datetime) -> str:
    return wording.until(value, now=clock.now())


def _left(value: datetime) -> str:
    return wording.left(value, now=clock.now())


def _since(value: datetime) -> str:
    return wording.since(value, now=clock.now())


_filter("day", wording.day)
_filter("short_day", wording.short_day)
_filter("month", wording.month)
_filter("weekday", wording.weekday)
_filter("near_day", _near_day)
_filter("days_until", _days_until)
_filter("time_of_day", wording.time_of_day)
_filter("moment", _moment)
_filter("full_moment", wording.full_moment)
_filter("until_due", _until)
_filter("left", _left)
_filter("ago", _since)
_filter("number", wording.number)
_filter("number_word", wording.number_word)
_filter("kronor", wording.kronor)
_filter("km", wording.kilometres)
_filter("percent", wording.percent)
_filter("initials", wording.initials)
_filter("age", wording.age)
_filter("listed", lambda items: wording.listed([str(item) for item in items]))


@register.simple_tag
def rate(amount: Any, unit: str = "day") -> str:
    return "" if amount is None else wording.rate(amount, unit)
