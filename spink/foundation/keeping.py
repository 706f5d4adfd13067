"""Rows that administrators keep: locked, checked, saved and on record, from what to what.

Nothing here knows what the rows are about. The trail is not to hold the personal data of clients,
so no table behind the wall is kept this way.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from hashlib import sha256
from typing import Any, TypeAlias, TypeVar

from django.db import IntegrityError, transaction
from django.db.models import Model

from spink.foundation import audit
from spink.foundation.acting import set_actor
from spink.foundation.actor import Actor

M = TypeVar("M", bound=Model)
Check: TypeAlias = Callable[[Any], None]
"""Raises ValidationError where the row may not be as it would become."""
Changed: TypeAlias = dict[str, list[Any]]
"""By field: what it said before, and what it says now."""


class Outdated(Exception):
    """Somebody has changed the row since it was shown; `row` is as it stands now."""

    def __init__(self, row: Model) -> None:
        super().__init__(f"{row._meta.model_name} {row.pk}")
        self.row = row


def fingerprint(row: Model, names: Iterable[str]) -> str:
    """A text that differs when these fields do, which a form carries until it is sent."""
    columns: dict[str, Any] = {name: row._meta.get_field(name) for name in names}
    values = {name: str(getattr(row, column.attname)) for name, column in columns.items()}
    return sha256(json.dumps(values, sort_keys=True).encode()).hexdigest()[:32]


@transaction.atomic
def add(row: M, *, by: Actor, check: Check | None = None) -> M:
    """Raises ValidationError where the row is not as it should be."""
    set_actor(by)
    _checked(row, check)
    _insert(row)
    given = _said(row, _written_in(row))
    record("added", row, {name: [None, value] for name, value in given.items() if value}, by)
    return row


@transaction.atomic
def change(
    row: M, values: Mapping[str, Any], *, seen: str, by: Actor, check: Check | None = None
) -> Changed:
    """What differs from before; nothing is saved where nothing does.

    Raises Outdated where the row is not as it was `seen`, ValidationError as `add` does.
    """
    set_actor(by)
    held = type(row)._default_manager.select_for_update(of=("self",)).get(pk=row.pk)
    if fingerprint(held, values) != seen:
        raise Outdated(held)
    before = _said(held, values)
    for name, value in values.items():
        setattr(held, name, value)
    _checked(held, check)
    after = _said(held, values)
    changed = {name: [before[name], after[name]] for name in values if before[name] != after[name]}
    if changed:
        held.save(update_fields=list(changed))
        record("changed", held, changed, by)
    return changed


def record(what: str, row: Model, changed: Changed, by: Actor) -> None:
    """The row's name stands in the entry, which outlives the row."""
    model = str(row._meta.model_name)
    audit.record(
        action=f"{model}_{what}",
        by=by,
        subject=model,
        subject_id=str(row.pk),
        details={"name": str(row), "changed": changed},
    )


def _checked(row: Model, check: Check | None) -> None:
    row.full_clean()
    if check:
        check(row)


def _insert(row: Model) -> None:
    """Whoever adds the same at the same moment is told so as if it had been there before."""
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        row.full_clean()
        raise


def _written_in(row: Model) -> list[str]:
    return [field.name for field in row._meta.concrete_fields if not field.primary_key]


def _said(row: Model, names: Iterable[str]) -> dict[str, Any]:
    return {name: _plain(getattr(row, name)) for name in names}


def _plain(value: Any) -> Any:
    """As it stands in the trail: a row of another table by its name."""
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, date | datetime):
        return value.isoformat()
    return str(value)
