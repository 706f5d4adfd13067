"""Changing a part of the register now: what the page was made from is compared under the lock."""

from collections.abc import Collection
from dataclasses import replace
from typing import Any

from django.db.models import Model

from providers.actions.keeping.parts import PARTS, Part, Values, write
from providers.diary import changing_register
from providers.queries.history import ChangedRow, Edition, later_changes
from spink.foundation import audit
from spink.foundation.actor import Actor


class Outdated(Exception):
    """Somebody else has changed the same meanwhile; `editions` tell what, the newest first."""

    def __init__(self, editions: list[Edition]) -> None:
        super().__init__(len(editions))
        self.editions = editions


def change_part(
    *,
    part: str,
    row_id: int | None,
    values: Values,
    by: Actor,
    seen: int | None = None,
    watched: Collection[str] = (),
    note: str = "",
) -> Model:
    """Write the values, into a new row where `row_id` is None. Gives the row; of services the unit.

    `seen` is the last change of the diary that the page knew, `watched` the columns that it
    showed. Raises Outdated where one of them was changed later by somebody else.
    """
    known = PARTS[part]
    with changing_register(by=by, note=note):
        if seen is not None and row_id is not None:
            check_unchanged(known, row_id, seen, watched)
        row = write(known, row_id, values)
        audit.record(
            action=f"{part}_added" if row_id is None else f"{part}_changed",
            by=by,
            subject=known.subject,
            subject_id=code_of(row),
            details={"fields": sorted(values)},
        )
    return row


def remove_part(*, part: str, row_id: int, by: Actor, seen: int | None = None) -> None:
    """Take a row out of the register as it is now; the diary keeps it as it was."""
    known = PARTS[part]
    with changing_register(by=by):
        if seen is not None:
            check_unchanged(known, row_id, seen, ())
        rows = known.model._default_manager.select_for_update()
        row = rows.get(**{"unit_id" if known.of_unit else "pk": row_id})
        code = code_of(row)
        row.delete()
        audit.record(action=f"{part}_removed", by=by, subject=known.subject, subject_id=code)


def check_unchanged(part: Part, row_id: int, seen: int, watched: Collection[str]) -> None:
    """Raises Outdated. Without `watched` every change of the part counts."""
    later = later_changes(part.model, row_id, since=seen, of_unit=part.of_unit)
    columns = {_column(part.model, name) for name in watched}
    disturbing = [
        replace(edition, rows=touched)
        for edition in later
        if (touched := [row for row in edition.rows if _touches(row, columns)])
    ]
    if disturbing:
        raise Outdated(disturbing)


def _touches(row: ChangedRow, columns: set[str]) -> bool:
    return row.operation != "U" or not columns or bool(columns & row.values.keys())


def _column(model: type[Model], name: str) -> str:
    named: Any = {field.attname: field.column for field in model._meta.concrete_fields}
    return str(named.get(name, name))


def code_of(row: Model) -> str:
    """What others know the row by: its own code, its unit's, or its number."""
    code = getattr(row, "code", "") or getattr(getattr(row, "unit", None), "code", "")
    return str(code or row.pk)
