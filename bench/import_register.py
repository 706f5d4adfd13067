"""Importing units through the application against COPY of the same rows into the same tables.

Both begin with an empty register and end with the same rows, numbered and in the diary: COPY fires
the tables' triggers as well, in one transaction, and is given the rows as text that is ready. The
import reads the whole document, checks every value and asks the register what there is.
"""

import statistics
import time
from collections.abc import Callable
from typing import Final

from django.db import connection, transaction
from django.db.models import Model

from bench import register_rows
from bench.register_rows import BENCH
from bench.report import note, report
from providers.actions import import_register
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
    Provider,
    RegisterSetting,
    Stop,
)

UNITS: Final = 10_000
GOAL: Final = 5
ROUNDS: Final = 3
TABLES: Final[tuple[type[Model], ...]] = (
    RegisterSetting,
    Provider,
    Agreement,
    CareUnit,
    CareUnitService,
    Permit,
    DirectAwardVetting,
    AgreementLot,
    AgreementUnit,
    Price,
    Stop,
)
"""In the order in which rows name each other."""


class Undone(Exception):
    """What was written for a measurement is taken back."""


def compare() -> list[bool]:
    document = register_rows.made(UNITS)
    rows: dict[str, bytes] = {}
    imports, copies = [], []
    for _ in range(ROUNDS):
        imports.append(_seconds(lambda: import_register(document=document, by=BENCH), rows))
        copies.append(_seconds(lambda: _copy(rows), {}))
    through_us, direct = statistics.median(imports), statistics.median(copies)
    note(f"{UNITS} units: imported in {through_us:.1f} s, copied in {direct:.1f} s")
    name = "import_register_10k"
    return [report(name, through_us / direct, "of COPY's time", GOAL, better="below")]


def _seconds(work: Callable[[], object], rows: dict[str, bytes]) -> float:
    """Until all that the commit would check is checked; `rows` are then what was written."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            begin = time.perf_counter()
            work()
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            taken = time.perf_counter() - begin
            for model in TABLES:
                with cursor.copy(f"COPY {_target(model)} TO STDOUT") as copy:
                    rows[model._meta.db_table] = b"".join(copy)
            raise Undone
    except Undone:
        return taken


def _copy(rows: dict[str, bytes]) -> None:
    with changing_register(by=BENCH), connection.cursor() as cursor:
        for model in TABLES:
            with cursor.copy(f"COPY {_target(model)} FROM STDIN") as copy:
                copy.write(rows[model._meta.db_table])


def _target(model: type[Model]) -> str:
    columns = ", ".join(str(field.column) for field in model._meta.concrete_fields)
    return f"{model._meta.db_table} ({columns})"
