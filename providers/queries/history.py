"""What was changed of a unit, when and by whom: the diary, read for a page."""

from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any, Final

from providers.models import RegisterChange

CHANGES_READ: Final = 200
EDITIONS_SHOWN: Final = 15

UNTOLD: Final = frozenset({"id", "unit_id", "lot_id", "agreement_unit_id", "reference"})
"""Columns that tie rows together and tell a reader nothing."""


@dataclass(frozen=True, slots=True)
class ChangedRow:
    """`values` are the columns that differ, each with what it was and what it became."""

    table: str
    operation: str
    values: dict[str, tuple[Any, Any]]


@dataclass(frozen=True, slots=True)
class Edition:
    number: int
    at: datetime
    who: str
    note: str
    rows: list[ChangedRow]


def unit_history(unit_id: int) -> list[Edition]:
    """The last editions that changed the unit or a part of it, the newest first; one query."""
    changes = (
        RegisterChange.objects.filter(unit_id=unit_id)
        .select_related("edition")
        .order_by("-id")[:CHANGES_READ]
    )
    grouped = groupby(changes, key=lambda change: change.edition)
    found = [
        Edition(
            number=edition.number,
            at=edition.at,
            who=str(edition.actor.get("label", "")),
            note=edition.note,
            rows=[_row(change) for change in listed],
        )
        for edition, listed in grouped
    ]
    return found[:EDITIONS_SHOWN]


def _row(change: RegisterChange) -> ChangedRow:
    before, after = change.before or {}, change.after or {}
    values = {
        column: (before.get(column), after.get(column))
        for column in {**before, **after}
        if column not in UNTOLD and before.get(column) != after.get(column)
    }
    told = values if change.operation == "U" else {}
    return ChangedRow(change.table_name, change.operation, told)
