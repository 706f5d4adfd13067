"""What was changed of a unit, when and by whom: the diary, read for a page."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any, Final

from django.db.models import Model, QuerySet

from providers.models import CareUnit, RegisterChange, Stop

Changes = QuerySet[RegisterChange]
Pks = QuerySet[Stop, int] | Collection[int]

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


def row_history(row: Model) -> list[Edition]:
    """Of one row of the register alone: a provider's units have their own."""
    changes = changes_of(row).select_related("edition").order_by("-id")[:CHANGES_READ]
    return editions_of(changes)[:EDITIONS_SHOWN]


def unit_history(unit_id: int, *, without_stops: Pks = ()) -> list[Edition]:
    """The last editions that changed the unit or a part of it, the newest first; one query."""
    changes = (
        RegisterChange.objects.filter(unit_id=unit_id)
        .exclude(table_name=Stop._meta.db_table, row_pk__in=without_stops)
        .select_related("edition")
        .order_by("-id")[:CHANGES_READ]
    )
    return editions_of(changes)[:EDITIONS_SHOWN]


def changes_of(row: Model) -> Changes:
    """Those of a row of the register; of a care unit also those of its parts."""
    if row.pk is None:
        return RegisterChange.objects.none()
    if isinstance(row, CareUnit):
        return RegisterChange.objects.filter(unit_id=row.pk)
    return RegisterChange.objects.filter(table_name=row._meta.db_table, row_pk=row.pk)


def last_change_of(row: Model) -> int:
    """0 for a row that is not in the register yet."""
    last = changes_of(row).order_by("-id").values_list("id", flat=True).first()
    return last or 0


def later_changes(
    model: type[Model], row_id: int, *, since: int, of_unit: bool = False
) -> list[Edition]:
    """Of one row, or (`of_unit`) of the rows that the unit has in the table; the newest first."""
    key = "unit_id" if of_unit else "row_pk"
    later = RegisterChange.objects.filter(
        table_name=model._meta.db_table, id__gt=since, **{key: row_id}
    )
    return editions_of(later.select_related("edition").order_by("-id")[:CHANGES_READ])


def editions_of(changes: Iterable[RegisterChange]) -> list[Edition]:
    return [
        Edition(
            number=edition.number,
            at=edition.at,
            who=str(edition.actor.get("label", "")),
            note=edition.note,
            rows=[_row(change) for change in listed],
        )
        for edition, listed in groupby(changes, key=lambda change: change.edition)
    ]


def _row(change: RegisterChange) -> ChangedRow:
    before, after = change.before or {}, change.after or {}
    values = {
        column: (before.get(column), after.get(column))
        for column in {**before, **after}
        if column not in UNTOLD and before.get(column) != after.get(column)
    }
    told = values if change.operation == "U" else {}
    return ChangedRow(change.table_name, change.operation, told)
