"""Many rows at once: copied into a passing table, and moved from there through the wall.

PostgreSQL copies nothing straight into a table with row security; an INSERT from a table that
lives as long as the transaction is checked row by row like any other.
"""

from collections.abc import Callable, Iterable, Sequence
from operator import attrgetter
from typing import Any, Final

from django.db import connection, models
from django.db.models import Field, JSONField
from django.db.models.expressions import DatabaseDefault
from psycopg.types.json import Jsonb

from spink.foundation.encryption import EncryptedTextField, encrypt

PASSING: Final = "sample_passing"

Convert = Callable[[Any], Any]


def next_ids(model: type[models.Model], count: int) -> list[int]:
    """So many primary keys from the table's own sequence."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)",
            [model._meta.db_table, _key(model).column, count],
        )
        return [row[0] for row in cursor.fetchall()]


def insert(model: type[models.Model], rows: Iterable[Any]) -> None:
    """Rows have the model's attributes, foreign keys as `x_id`; they need not be its instances."""
    fields = list(model._meta.concrete_fields)
    columns = ", ".join(f'"{field.column}"' for field in fields)
    table = f'"{model._meta.db_table}"'
    with connection.cursor() as cursor:
        cursor.execute(
            f"CREATE TEMPORARY TABLE {PASSING} ON COMMIT DROP AS SELECT {columns} FROM {table}"  # noqa: S608
            " WITH NO DATA"
        )
        with cursor.copy(f"COPY {PASSING} ({columns}) FROM STDIN") as copy:
            for values in _values(fields, rows):
                copy.write_row(values)
        cursor.execute(f"INSERT INTO {table} ({columns}) SELECT {columns} FROM {PASSING}")  # noqa: S608
        cursor.execute(f"DROP TABLE {PASSING}")


def insert_numbered(model: type[models.Model], rows: Sequence[Any]) -> None:
    """The same for instances without primary keys, which they get here."""
    for row, key in zip(rows, next_ids(model, len(rows)), strict=True):
        row.pk = key
    insert(model, rows)


def _values(fields: "Sequence[Field[Any, Any]]", rows: Iterable[Any]) -> Iterable[list[Any]]:
    read = attrgetter(*(field.attname for field in fields))
    converted = [
        (number, convert)
        for number, field in enumerate(fields)
        if (convert := _converter(field)) is not None
    ]
    for row in rows:
        values = list(read(row))
        for number, convert in converted:
            values[number] = convert(values[number])
        yield values


def _converter(field: "Field[Any, Any]") -> Convert | None:
    if isinstance(field, EncryptedTextField):
        return lambda text: encrypt(text) if text else text
    if isinstance(field, JSONField):
        return Jsonb
    if field.has_db_default():
        return lambda value: field.db_default if isinstance(value, DatabaseDefault) else value
    return None


def _key(model: type[models.Model]) -> "Field[Any, Any]":
    key = model._meta.pk
    if key is None:
        raise LookupError(f"{model} has no primary key")
    return key
