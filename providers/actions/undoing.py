"""Undoing a mistaken change of the register: a new change, which says what it puts right."""

import json
from typing import Any

from django.db import IntegrityError, connection, transaction

from providers.actions.keeping.changing import Outdated
from providers.diary import changing_register
from providers.models import RegisterChange, RegisterEdition
from providers.queries.diary.comparing import NetChange
from providers.queries.diary.undoing import (
    Obstacle,
    Undoing,
    Why,
    parents_first,
    restored,
    undoing_of,
)
from providers.queries.history import editions_of
from providers.queries.sources import TABLES
from spink.foundation import audit
from spink.foundation.actor import Actor


class CannotUndo(Exception):
    def __init__(self, obstacles: list[Obstacle]) -> None:
        super().__init__([one.why for one in obstacles])
        self.obstacles = obstacles


def undo_edition(*, number: int, note: str, by: Actor, seen: int | None = None) -> RegisterEdition:
    """Write back what an edition changed. Raises CannotUndo where something stands on it.

    `seen` is the last change of its rows that the page knew; raises Outdated for a later one.
    """
    with changing_register(by=by, note=note):
        undoing = undoing_of(number)
        if seen is not None and undoing.last_change > seen:
            raise Outdated(_since(undoing, seen))
        if undoing.obstacles:
            raise CannotUndo(undoing.obstacles)
        with transaction.atomic():
            _write_back(undoing.rows)
        made = _linked(undoes=number)
        audit.record(
            action="register_change_undone",
            by=by,
            subject="register_edition",
            subject_id=str(number),
            details={"rows": len(undoing.rows), "number": made.number},
        )
    return made


def _since(undoing: Undoing, seen: int) -> list[Any]:
    later = RegisterChange.objects.filter(pk__gt=seen, pk__lte=undoing.last_change)
    own = {(row.table_name, row.row_pk) for row in undoing.rows}
    found = later.select_related("edition").order_by("-id")
    return editions_of([one for one in found if (one.table_name, one.row_pk) in own])


def _linked(*, undoes: int) -> RegisterEdition:
    """The edition of this transaction, which may be written to until it is committed."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('spink.register_number', true)")
        (number,) = cursor.fetchone() or ("",)
    RegisterEdition.objects.filter(number=number).update(undoes=undoes)
    return RegisterEdition.objects.get(number=number)


def _write_back(rows: list[NetChange]) -> None:
    """What was added goes first, so that what was there before finds its place free."""
    try:
        for row in sorted(_with(rows, "I"), key=parents_first, reverse=True):
            _execute(f"DELETE FROM {_table(row)} WHERE id = %s", [row.row_pk])  # noqa: S608
        for row in _with(rows, "U"):
            _restore(row)
        for row in sorted(_with(rows, "D"), key=parents_first):
            _insert(row)
    except IntegrityError as error:
        raise CannotUndo([Obstacle(Why.TAKEN)]) from error
    try:
        _check_references()
    except IntegrityError as error:
        raise CannotUndo([Obstacle(Why.REFERRED_TO)]) from error


def _with(rows: list[NetChange], operation: str) -> list[NetChange]:
    return [row for row in rows if row.operation == operation]


def _restore(row: NetChange) -> None:
    columns = list(restored(row))
    if not columns:
        return
    sets = ", ".join(f"{_quoted(name)} = was.{_quoted(name)}" for name in columns)
    table = _table(row)
    _execute(
        f"UPDATE {table} t SET {sets} FROM jsonb_populate_record(NULL::{table}, %s) was"  # noqa: S608
        " WHERE t.id = %s",
        [json.dumps(row.before), row.row_pk],
    )


def _insert(row: NetChange) -> None:
    """Columns that came later have their defaults."""
    columns = ", ".join(_quoted(name) for name in restored(row))
    table = _table(row)
    _execute(
        f"INSERT INTO {table} ({columns})"  # noqa: S608
        f" SELECT {columns} FROM jsonb_populate_record(NULL::{table}, %s)",
        [json.dumps(row.before)],
    )


_REFERENCES = """
SELECT string_agg(DISTINCT quote_ident(conname), ', ') FROM pg_constraint
WHERE contype = 'f' AND condeferrable
AND (conrelid::regclass::text = ANY(%s) OR confrelid::regclass::text = ANY(%s))"""


def _check_references() -> None:
    """Now, and not when the transaction is committed: what refers to rows of the register."""
    with connection.cursor() as cursor:
        cursor.execute(_REFERENCES, [list(TABLES), list(TABLES)])
        (names,) = cursor.fetchone() or ("",)
        cursor.execute(f"SET CONSTRAINTS {names} IMMEDIATE")
        cursor.execute(f"SET CONSTRAINTS {names} DEFERRED")


def _table(row: NetChange) -> str:
    if row.table_name not in TABLES:
        raise ValueError(f"{row.table_name} is no table of the register")
    return _quoted(row.table_name)


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)


def _execute(statement: str, given: list[Any]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, given)
