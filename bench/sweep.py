"""How many queries a sweep asks for each provider, in a small register and in a large one.

The source is a file, so that the questions cost nothing; what it says of every tenth is new.
"""

import os
import time
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.db import connection, transaction

from bench.register_rows import BENCH
from bench.report import note, report
from providers.actions.control.sweeping import begin_sweep, sweep_some
from providers.diary import changing_register
from providers.models import Finding, LegalForm, Provider, Sweep
from providers.queries.control.sources import told_sources
from spink.foundation.identity_numbers import luhn_is_right

FEW: Final = 1_000
MANY: Final = 10_000
GOAL: Final = 3
NEW_EVERY: Final = 10
FACTS: Final = "Organisationsnummer;Skuld\n"


class Counter:
    def __init__(self) -> None:
        self.queries = 0

    def __call__(self, execute: Any, *given: Any) -> Any:
        self.queries += 1
        return execute(*given)


def compare(folder: Path) -> list[bool]:
    few, many = (_asked_for_each(size, folder) for size in (FEW, MANY))
    note(f"sweep: {few:.3f} queries a provider of {FEW}, {many:.3f} of {MANY}")
    return [
        report("sweep_queries_per_provider", many, "queries", GOAL, better="below"),
        report("sweep_queries_per_provider_growth", many / few, "ratio", 1, better="below"),
    ]


def _asked_for_each(size: int, folder: Path) -> float:
    """In a transaction that is taken back."""
    numbers = [_number(serial) for serial in range(size)]
    rows = "".join(f"{number};{5_000 + serial}\n" for serial, number in enumerate(numbers))
    told = FACTS + "".join(rows.splitlines(keepends=True)[::NEW_EVERY])
    path = folder / f"debts-{size}" / "debts.csv"
    path.parent.mkdir()
    path.write_text(told, encoding="utf-8")
    os.utime(path, (time.time() - 60,) * 2)  # what was written just now may not be whole
    name = f"debts-{size}"
    source = {"kind": "files", "folder": str(path.parent), "everyone": True, "complete": ["debts"]}
    settings.MONITORING_SOURCES = {name: source}
    counter = Counter()
    with transaction.atomic():
        _fill(numbers)
        with connection.execute_wrapper(counter):
            sweep = begin_sweep(told_sources()[name])
            while sweep and sweep_some(sweep_id=sweep.pk):
                pass
        _check(size)
        transaction.set_rollback(True)
    return counter.queries / size


def _fill(numbers: list[str]) -> None:
    with changing_register(by=BENCH):
        Provider.objects.bulk_create(
            Provider(
                code=f"sweep-{number}",
                name=f"Utförare {number}",
                legal_form=LegalForm.COMPANY,
                organisation_number=number,
            )
            for number in numbers
        )


def _check(size: int) -> None:
    sweep = Sweep.objects.latest("pk")
    findings = Finding.objects.filter(source=sweep.source_id).count()
    if (sweep.answered, findings) != (size, size // NEW_EVERY):
        raise RuntimeError(f"{sweep.answered} answered, {findings} findings")


def _number(serial: int) -> str:
    nine = f"5599{serial:05d}"
    return next(nine + str(digit) for digit in range(10) if luhn_is_right(nine + str(digit)))
