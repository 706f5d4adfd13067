"""Readers of single values that the register's fields can hold, on top of the match format's."""

import re
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Final, cast
from uuid import UUID

from spink.foundation import fields
from spink.foundation.bad_input import BadInput
from spink.foundation.fields import FIRST_DAY, LAST_DAY, Document

LARGEST_SMALL: Final = 2**15 - 1
LARGEST: Final = 2**31 - 1
LARGEST_RATE: Final = Decimal(10) ** 10

_OF_THE_WEB: Final = re.compile(r"https?://[^\s/?#@]+([/?#]\S*)?", re.IGNORECASE)

Reader = Callable[[Document, str], object]


def text(longest: int | None = None) -> Callable[[Document, str], str]:
    """A text, empty where nothing is given."""

    def read(given: Document, key: str) -> str:
        value = fields.text(given, key) or ""
        if longest is not None and len(value) > longest:
            raise BadInput(f"is longer than {longest} characters", field=key)
        return value

    return read


def optional_text(longest: int) -> Callable[[Document, str], str | None]:
    """None where nothing is given, which is not the same as an empty text."""

    def read(given: Document, key: str) -> str | None:
        return None if given.get(key) is None else text(longest)(given, key)

    return read


def website(given: Document, key: str) -> str:
    """What a page makes a link of: an address of the web, and no script or file."""
    value = text(200)(given, key)
    if value and not _OF_THE_WEB.fullmatch(value):
        raise BadInput("must be an address of the web (https://…)", field=key)
    return value


def code(longest: int) -> Callable[[Document, str], str | None]:
    def read(given: Document, key: str) -> str | None:
        value = fields.code(given, key)
        if value is not None and len(value) > longest:
            raise BadInput(f"is longer than {longest} characters", field=key)
        return value

    return read


def texts(given: Document, key: str) -> list[str]:
    return list(fields.codes(given, key))


def whole(largest: int) -> Callable[[Document, str], int | None]:
    def read(given: Document, key: str) -> int | None:
        value = fields.whole(given, key)
        if value is not None and value > largest:
            raise BadInput(f"is more than {largest}", field=key)
        return value

    return read


def kronor(given: Document, key: str) -> Decimal | None:
    """The register keeps whole öre."""
    value = fields.number(given, key)
    if value is None:
        return None
    exact = Decimal(str(value))
    if exact >= LARGEST_RATE or exact != exact.quantize(Decimal("0.01")):
        raise BadInput("must be kronor with at most two decimals", field=key)
    return exact


def day(given: Document, key: str) -> date | None:
    ordinal = fields.day(given, key)
    return None if ordinal is None else date.fromordinal(ordinal)


def period(given: Document, begins: str, ends: str) -> tuple[date | None, date | None]:
    first, last = fields.period(given, begins, ends)
    return (
        None if first == FIRST_DAY else date.fromordinal(first),
        None if last == LAST_DAY else date.fromordinal(last),
    )


def moment(given: Document, key: str) -> datetime | None:
    """A time with its offset, as RFC 3339 writes it."""
    value = fields.text(given, key)
    if value is None:
        return None
    try:
        at = datetime.fromisoformat(value)
    except ValueError:
        at = None
    if at is None or at.tzinfo is None:
        raise BadInput("must be a time with its offset (RFC 3339)", field=key)
    return at


def ages(given: Document, key: str) -> tuple[int | None, int | None] | None:
    """None where nothing is given; an end that is given as open stays open."""
    span = fields.span(given, key)
    if span is None:
        return None
    low, high = span
    if low > LARGEST_SMALL or (high > LARGEST_SMALL and high != fields.LARGEST_WHOLE):
        raise BadInput(f"is more than {LARGEST_SMALL}", field=key)
    first, last = cast(list[object], given[key])
    return None if first is None else low, None if last is None else high


def municipality(given: Document, key: str) -> str:
    return _checked_municipality(fields.code(given, key) or "", key)


def municipalities(given: Document, key: str) -> tuple[str, ...]:
    values = fields.codes(given, key)
    return tuple(
        _checked_municipality(value, f"{key}[{number}]") for number, value in enumerate(values)
    )


def _checked_municipality(value: str, field: str) -> str:
    if value and not (len(value) == 4 and value.isascii() and value.isdigit()):
        raise BadInput("must be a municipality's code of four digits", field=field)
    return value


def reference(given: Document, key: str) -> UUID | None:
    value = fields.text(given, key)
    try:
        return None if value is None else UUID(value)
    except ValueError:
        raise BadInput("must be a UUID", field=key) from None


def all_known(known: frozenset[str], what: str) -> Callable[[Document, str], tuple[str, ...]]:
    def read(given: Document, key: str) -> tuple[str, ...]:
        values = fields.codes(given, key)
        for value in values:
            if value not in known:
                raise BadInput(f"{value} is no {what} of the catalogue", field=key)
        return values

    return read
