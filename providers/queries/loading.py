"""The register's documents from the database: live, changed since, or as the diary has them."""

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection, transaction

from providers.queries import sources, statements
from spink.catalogue.domain.ladder import LADDER

Document = dict[str, Any]
Change = str
"""A change of the diary and its edition's mark: alike only where all that led to it is alike."""

START: Change = ""
"""Before the first change."""


@dataclass(frozen=True, slots=True)
class Position:
    number: int
    change: Change


@dataclass(frozen=True, slots=True)
class Loaded:
    """What one statement saw: the register's head, and documents by code, in order."""

    position: Position
    places_horizon_days: int | None
    provision_forms: dict[str, list[str]]
    units: dict[str, Document]

    def as_document(self, instant: date) -> Document:
        return {
            "instant": instant.isoformat(),
            "places_horizon_days": self.places_horizon_days,
            "provision_forms": self.provision_forms,
            "units": list(self.units.values()),
        }


@dataclass(frozen=True, slots=True)
class Touched:
    """What changed since `base`, a change of the diary."""

    base: Change
    last: Change
    ids: list[int]
    codes: set[str]


def position() -> Position:
    return _position(sources.POSITION, {})


def position_at(number: int) -> Position:
    return _position(sources.POSITION_THEN, {"number": number})


def load(day: date, ids: Sequence[int] | None = None) -> Loaded:
    """The live units (all, unless `ids` are given), and the rungs that exist on the day."""
    given = {"all": ids is None, "ids": list(ids or ()), "day": day}
    return _loaded(sources.LIVE, given)


def load_at(number: int, day: date) -> Loaded:
    """Every unit as the diary has it at the number."""
    given = {"all": True, "ids": [], "day": day, "number": number}
    with reading_the_diary():
        return _loaded(sources.DIARY, given)


@contextmanager
def reading_the_diary() -> Iterator[None]:
    """Have statements over the diary planned for many rows."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sources.WITHOUT_LOOPS)
        yield
        cursor.execute(sources.WITH_LOOPS)


def touched_since(known: Iterable[Change]) -> Touched | None:
    """Since the newest of the known changes; None where none of them is in the diary."""
    base = _newest_of(known)
    if base is None:
        return None
    with connection.cursor() as cursor:
        cursor.execute(statements.TOUCHED, {"base": _id_of(base)})
        last, ids, codes = cursor.fetchone() or (START, [], [])
    return Touched(base, last, ids, set(codes))


def changed_codes(base: Change) -> frozenset[str]:
    """The codes of units that have changed since a change of this diary."""
    with connection.cursor() as cursor:
        cursor.execute(statements.TOUCHED, {"base": _id_of(base) if base else 0})
        _, _, codes = cursor.fetchone() or (START, [], [])
    return frozenset(codes)


def _newest_of(known: Iterable[Change]) -> Change | None:
    changes = {_id_of(change): change for change in known}
    marks = [change.split(":")[1] for change in changes.values()]
    with connection.cursor() as cursor:
        cursor.execute(statements.NEWEST, {"ids": list(changes), "marks": marks})
        (newest,) = cursor.fetchone() or (None,)
    return None if newest is None else changes[newest]


def _id_of(change: Change) -> int:
    return int(change.split(":")[0])


def _position(statement: str, given: dict[str, Any]) -> Position:
    with connection.cursor() as cursor:
        cursor.execute(statement, given)
        number, change = cursor.fetchone() or (0, None)
    return Position(number, change or START)


def _loaded(source: str, given: dict[str, Any]) -> Loaded:
    with connection.cursor() as cursor:
        cursor.execute(statements.documents(source), given)
        (_, head), *rows = cursor.fetchall()
    first = json.loads(head)
    return Loaded(
        Position(first["number"], first["change"] or START),
        first["places_horizon_days"],
        {code: _in_order(forms) for code, forms in first["provision_forms"].items()},
        {code: json.loads(document) for code, document in rows},
    )


def _in_order(forms: list[str]) -> list[str]:
    return [form.value for form in LADDER if form.value in forms]
