"""Bringing many rows of a table up to wanted values in few statements."""

from collections.abc import Callable, Hashable, Iterable, Mapping
from operator import attrgetter
from typing import Any, TypeVar

from django.db import connection, models
from django.db.models.expressions import DatabaseDefault

M = TypeVar("M", bound=models.Model)
K = TypeVar("K", bound=Hashable)

BATCH = 2000
TAKEN_AS_THEY_ARE = frozenset(
    (
        models.BigAutoField,
        models.BooleanField,
        models.CharField,
        models.DateField,
        models.EmailField,
        models.FloatField,
        models.PositiveIntegerField,
        models.PositiveSmallIntegerField,
        models.TextField,
        models.URLField,
    )
)
"""Not what inherits from them, which may write its value otherwise."""


def bring_up(
    model: type[M], existing: Mapping[K, M], wanted: Mapping[K, dict[str, Any]]
) -> dict[K, M]:
    """Add what is missing, change what differs, remove nothing; gives all wanted rows.

    A row that is as wanted is not written, and so leaves no trace in the diary.
    """
    rows: dict[K, M] = {}
    new: list[M] = []
    changed: list[M] = []
    for key, values in wanted.items():
        row = existing.get(key)
        if row is None:
            row = model(**values)
            new.append(row)
        elif _differs(row, values):
            changed.append(row)
        rows[key] = row
    _copy(model, new)
    _write_over(model, changed)
    return rows


def remove(model: type[models.Model], rows: Iterable[models.Model]) -> None:
    model._default_manager.filter(pk__in=[row.pk for row in rows]).delete()


def _copy(model: type[M], rows: list[M]) -> None:
    """PostgreSQL's COPY, several times as fast as inserts; the rows get their ids here."""
    if not rows:
        return
    columns = model._meta.concrete_fields
    names = ", ".join(connection.ops.quote_name(str(field.column)) for field in columns)
    table = connection.ops.quote_name(model._meta.db_table)
    written = [_written(field) for field in columns]
    with connection.cursor() as cursor:
        for row, row_id in zip(rows, _new_ids(cursor, model, len(rows)), strict=True):
            row.pk = row_id
        with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row([write(row) for write in written])


def _written(field: Any) -> Callable[[models.Model], Any]:
    """What the driver takes as it is, it is given as it is: asking the field takes longer than
    writing the row."""
    if field.has_db_default() and not field.has_default():
        return lambda row: _given_or_default(row, field)
    if type(field) in TAKEN_AS_THEY_ARE:
        return attrgetter(field.attname)
    return lambda row: field.get_db_prep_save(getattr(row, field.attname), connection)


def _given_or_default(row: models.Model, field: Any) -> Any:
    """COPY takes no word for what the column would be of itself."""
    value = getattr(row, field.attname)
    return field.db_default if isinstance(value, DatabaseDefault) else value


def _new_ids(cursor: Any, model: type[models.Model], count: int) -> list[int]:
    cursor.execute(
        "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
        [model._meta.db_table, count],
    )
    return [row_id for (row_id,) in cursor.fetchall()]


def _differs(row: models.Model, values: dict[str, Any]) -> bool:
    """Sets the values, and says whether any was another."""
    differing = {name: value for name, value in values.items() if getattr(row, name) != value}
    for name, value in differing.items():
        setattr(row, name, value)
    return bool(differing)


def _write_over(model: type[M], rows: list[M]) -> None:
    """An insert that meets its own id is an update, and far faster than one update a row."""
    columns = [field.name for field in model._meta.concrete_fields if not field.primary_key]
    model._default_manager.bulk_create(
        rows,
        batch_size=BATCH,
        update_conflicts=bool(rows),
        update_fields=columns if rows else None,
        unique_fields=["id"] if rows else None,
    )
