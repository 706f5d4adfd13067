"""A register of any size in the database, through the import that everybody else uses."""

import re
import time
from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID

from django.db import connection
from django.db.models import Model

from bench import sample
from providers.actions.import_register import import_register
from providers.diary import changing_register
from providers.models import (
    Agreement,
    AgreementLot,
    AgreementUnit,
    CareUnit,
    CareUnitService,
    DirectAwardVetting,
    Permit,
    Price,
    Stop,
    UnitSearch,
)
from spink.foundation import clock
from spink.foundation.actor import Actor

BENCH: Final = Actor.system("bench")
IMPORTED: Final = 10_000
COPIED: Final = (
    CareUnit,
    UnitSearch,
    CareUnitService,
    Permit,
    DirectAwardVetting,
    Agreement,
    AgreementLot,
    AgreementUnit,
    Price,
    Stop,
)
_TIED: Final = ("id", "unit_id", "agreement_id", "lot_id", "agreement_unit_id")
_COPY: Final[dict[object, str]] = {
    **{column: f"{column} + copy * 10000000" for column in _TIED},
    "reference": "gen_random_uuid()",
    ("providers_agreement", "reference"): "reference",
    ("providers_agreement", "code"): "code || '-' || copy",
    ("providers_careunit", "code"): (
        f"'U' || lpad((right(code, 6)::int + copy * {IMPORTED})::text, 6, '0')"
    ),
}
_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")


def fill(units: int) -> float:
    """Bring the register up to so many units, of which those of a smaller register are the first.

    More than `IMPORTED` are copies of those, made in the database itself, and have no diary. Gives
    the seconds that it took.
    """
    begin = time.monotonic()
    import_register(document=made(min(units, IMPORTED)), by=BENCH, dated=clock.now())
    with connection.cursor() as cursor:
        for model in COPIED if units > IMPORTED else ():
            for statement in _copying(model, units // IMPORTED - 1):
                cursor.execute(statement)
        cursor.execute("VACUUM ANALYZE")
    return time.monotonic() - begin


def made(units: int) -> sample.Document:
    """A register file whose days are about today."""
    document: sample.Document = _moved(sample.register(units), clock.today() - sample.INSTANT)
    for number, unit in enumerate(document["units"]):
        for stop in unit["stops"]:
            stop["reference"] = str(UUID(int=number))
    return document


def _copying(model: type[Model], copies: int) -> tuple[str, str, str]:
    """Every row as many times more, tied to the copies of what it was tied to."""
    table = model._meta.db_table
    columns = [str(field.column) for field in model._meta.concrete_fields]
    values = ", ".join(_COPY.get((table, column), _COPY.get(column, column)) for column in columns)
    insert = f"INSERT INTO {table} ({', '.join(columns)})"
    rows = f"SELECT {values} FROM {table}, generate_series(1, {copies}) AS copy"  # noqa: S608
    return (
        f"ALTER TABLE {table} DISABLE TRIGGER USER",
        f"{insert} {rows}",
        f"ALTER TABLE {table} ENABLE TRIGGER USER",
    )


def _moved(value: Any, by: timedelta) -> Any:
    """The document with all its days so much later."""
    if isinstance(value, dict):
        return {key: _moved(one, by) for key, one in value.items()}
    if isinstance(value, list):
        return [_moved(one, by) for one in value]
    if isinstance(value, str) and _DAY.fullmatch(value):
        return (date.fromisoformat(value) + by).isoformat()
    return value


def change_one_unit(number: int) -> None:
    """The next of the first hundred units: one place is taken, or free again."""
    with changing_register(by=BENCH), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE providers_careunit SET places_occupied = "
            "CASE WHEN places_occupied > 0 THEN places_occupied - 1 ELSE 1 END WHERE code = %s",
            [f"U{number % 100:06d}"],
        )
