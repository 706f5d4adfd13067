"""The values of a document's fields, checked: each reader gives None where nothing is given.

Every reader raises BadInput that names the field. Days are proleptic ordinals
(`date.toordinal`), so that columns of days are columns of whole numbers.
"""

import math
import re
from collections.abc import Callable, Collection, Mapping
from datetime import date
from functools import lru_cache
from typing import Final, TypeGuard, TypeVar, cast

from spink.foundation.bad_input import BadInput

Document = Mapping[str, object]
T = TypeVar("T")

LARGEST_WHOLE: Final = 2**53 - 1
"""The largest whole number that every reader of JSON holds exactly (RFC 7493)."""
FIRST_DAY: Final = 0
"""Before every date: where an open period begins."""
LAST_DAY: Final = date.max.toordinal() + 1
"""After every date: where an open period ends."""

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def document(value: object) -> Document:
    if type(value) is not dict:
        raise BadInput("must be an object")
    return cast(Document, value)


def required(read: Callable[[Document, str], T | None], given: Document, key: str) -> T:
    value = read(given, key)
    if value is None:
        raise BadInput("is missing", field=key)
    return value


def part(given: Document, key: str) -> Document | None:
    value = given.get(key)
    if value is None or type(value) is dict:
        return cast(Document | None, value)
    raise BadInput("must be an object", field=key)


def inside(given: Document, key: str, read: Callable[[Document], T]) -> T | None:
    """A part of the document, read; a fault names the way to it."""
    value = part(given, key)
    if value is None:
        return None
    try:
        return read(value)
    except BadInput as bad:
        raise bad.inside(key) from None


def listed(given: Document, key: str) -> list[object]:
    value = given.get(key)
    if value is None:
        return []
    if type(value) is list:
        return value
    raise BadInput("must be a list", field=key)


def parts(given: Document, key: str, read: Callable[[Document], T]) -> list[T]:
    """Every object of a list, read; a fault names its number in the list."""
    values = []
    for number, value in enumerate(listed(given, key)):
        try:
            values.append(read(document(value)))
        except BadInput as bad:
            raise bad.inside(f"{key}[{number}]") from None
    return values


def truth(given: Document, key: str) -> bool | None:
    value = given.get(key)
    if value is None or type(value) is bool:
        return value
    raise BadInput("must be true or false", field=key)


def text(given: Document, key: str) -> str | None:
    value = given.get(key)
    if value is None or (type(value) is str and _is_text(value)):
        return value
    raise BadInput("must be a text", field=key)


def code(given: Document, key: str) -> str | None:
    value = given.get(key)
    return None if value is None else _code(value, key)


def codes(given: Document, key: str) -> tuple[str, ...]:
    """A list of codes as a set in the order given: a code given twice counts once."""
    values = listed(given, key)
    for value in values:
        if type(value) is not str or not _is_code(value):
            _code(value, f"{key}[{values.index(value)}]")
    return tuple(dict.fromkeys(cast(list[str], values)))


def among(given: Document, key: str, known: Collection[str]) -> str | None:
    value = code(given, key)
    if value is None or value in known:
        return value
    raise BadInput("is not known", field=key)


def all_among(given: Document, key: str, known: Collection[str]) -> tuple[str, ...]:
    values = codes(given, key)
    for value in values:
        if value not in known:
            raise BadInput("is not known", field=f"{key}[{listed(given, key).index(value)}]")
    return values


def whole(given: Document, key: str) -> int | None:
    value = given.get(key)
    return None if value is None else _whole(value, key)


def wholes(given: Document, key: str) -> tuple[int, ...]:
    return tuple(_whole(v, f"{key}[{i}]") for i, v in enumerate(listed(given, key)))


def number(given: Document, key: str) -> float | None:
    value = given.get(key)
    if value is None:
        return None
    if _is_number(value) and value >= 0:
        return value
    raise BadInput("must be a number from 0", field=key)


def span(given: Document, key: str) -> tuple[int, int] | None:
    """`[18, 64]` of whole numbers, both within; a bound that is null is open."""
    value = given.get(key)
    if value is None:
        return None
    if type(value) is not list or len(value) != 2:
        raise BadInput("must be a list of two bounds", field=key)
    low, high = value
    first = 0 if low is None else _whole(low, f"{key}[0]")
    last = LARGEST_WHOLE if high is None else _whole(high, f"{key}[1]")
    if first > last:
        raise BadInput("ends before it begins", field=key)
    return first, last


def day(given: Document, key: str) -> int | None:
    """The ordinal of a date written YYYY-MM-DD."""
    value = given.get(key)
    if value is None:
        return None
    if type(value) is str:
        try:
            return _ordinal(value)
        except ValueError:
            pass
    raise BadInput("must be a date (YYYY-MM-DD)", field=key)


def period(given: Document, begins: str, ends: str) -> tuple[int, int]:
    """First and last day, both within; a day not given leaves the period open there."""
    first, last = day(given, begins), day(given, ends)
    if first is not None and last is not None and first > last:
        raise BadInput("ends before it begins", field=ends)
    return FIRST_DAY if first is None else first, LAST_DAY if last is None else last


def position(given: Document) -> tuple[float, float] | None:
    """Latitude and longitude in degrees; a position is both."""
    latitude = _degrees(given, "lat", 90)
    longitude = _degrees(given, "lon", 180)
    if latitude is None or longitude is None:
        return None
    return latitude, longitude


def _degrees(given: Document, key: str, bound: int) -> float | None:
    value = given.get(key)
    if value is None:
        return None
    if _is_number(value) and -bound <= value <= bound:
        return float(value)
    raise BadInput(f"must be degrees from -{bound} to {bound}", field=key)


def _code(value: object, field: str) -> str:
    if type(value) is not str or not _is_text(value):
        raise BadInput("must be a text", field=field)
    if not _is_code(value):
        raise BadInput("is empty", field=field)
    return value


@lru_cache(maxsize=50_000)
def _is_code(value: str) -> bool:
    return bool(value.strip()) and _is_text(value)


def _is_text(value: str) -> bool:
    """No NUL and no half of a surrogate pair: neither a database nor UTF-8 takes them."""
    if value.isprintable():
        return True
    return not any(mark == "\0" or "\ud800" <= mark <= "\udfff" for mark in value)


def _whole(value: object, field: str) -> int:
    if type(value) is int and 0 <= value <= LARGEST_WHOLE:
        return value
    raise BadInput("must be a whole number from 0", field=field)


def _is_number(value: object) -> TypeGuard[float]:
    if type(value) is int:
        return abs(value) <= LARGEST_WHOLE
    return type(value) is float and math.isfinite(value)


@lru_cache(maxsize=50_000)
def _ordinal(value: str) -> int:
    if not _DATE.fullmatch(value):
        raise ValueError
    return date.fromisoformat(value).toordinal()
