"""The diary in words, for the pages of the register."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db.models import Model
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from providers.models import Stop
from providers.queries.diary import columns
from providers.queries.history import ChangedRow, Edition
from spink.foundation import clock
from spink.web import wording

SECRET = frozenset({"personal_number", "personal_number_hash"})
"""A sole trader's number is personal: what the diary has of it is shown to nobody."""
HIDDEN = SECRET | frozenset(columns.PLACE)
"""The diary tells that they changed, and not to what: they give houses away."""
GIVES_AWAY = frozenset(columns.GIVES_AWAY)
"""Left out altogether for whoever may not know where protected housing lies."""
RUNG = "catalogue.ServiceRung"
WHY_STOPPED = frozenset(
    {"reason_code", "decided_by", "decision_reference", "decided_on", "ended_by"}
)


@dataclass(frozen=True, slots=True)
class TimelineRow:
    """What the timeline component shows."""

    at: datetime
    who: str
    text: str
    note: str = ""
    internal: bool = False


def without_places(editions: list[Edition]) -> list[Edition]:
    """What is left to tell of protected housing to one who may not know where it lies."""
    told = [replace(edition, rows=_placeless(edition.rows), note="") for edition in editions]
    return [edition for edition in told if edition.rows]


def _placeless(rows: list[ChangedRow]) -> list[ChangedRow]:
    left = [replace(row, values=_left(row.values)) for row in rows]
    return [new for row, new in zip(rows, left, strict=True) if new.values or not row.values]


def _left(values: dict[str, tuple[Any, Any]]) -> dict[str, tuple[Any, Any]]:
    return {column: value for column, value in values.items() if column not in GIVES_AWAY}


def history_rows(editions: list[Edition], *, sees_why: bool) -> list[TimelineRow]:
    return [_row(edition, sees_why) for edition in editions]


def _row(edition: Edition, sees_why: bool) -> TimelineRow:
    """Who wrote a stop down, and what was noted with it, tells who decided it, and why."""
    is_secret = not sees_why and any(row.table == Stop._meta.db_table for row in edition.rows)
    return TimelineRow(
        edition.at,
        "" if is_secret else edition.who,
        "; ".join(dict.fromkeys(_changed(row, sees_why) for row in edition.rows)),
        "" if is_secret else edition.note,
    )


def _changed(row: ChangedRow, sees_why: bool) -> str:
    model = models_by_table()[row.table]
    name = capfirst(str(model._meta.verbose_name))
    if row.operation == "I":
        return _("%(name)s added") % {"name": name}
    if row.operation == "D":
        return _("%(name)s removed") % {"name": name}
    parts = [
        _difference(model, column, *values, hidden=column in _hidden(sees_why))
        for column, values in row.values.items()
    ]
    return f"{name}: {', '.join(parts)}"


def _hidden(sees_why: bool) -> frozenset[str]:
    return HIDDEN if sees_why else HIDDEN | WHY_STOPPED


def _difference(model: type[Model], column: str, before: Any, after: Any, *, hidden: bool) -> str:
    name = column_name(model, column)
    if hidden:
        return name
    return f"{name} {_value(before)} → {_value(after)}"


def column_name(model: type[Model], column: str) -> str:
    for field in model._meta.concrete_fields:
        if field.column == column:
            return str(field.verbose_name)
    return column


def _value(value: Any) -> str:
    if value is None or value in ("", []):
        return "–"
    if isinstance(value, bool):
        return pgettext("value", "yes") if value else pgettext("value", "no")
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return _moment(value) if isinstance(value, str) else str(value)


def _moment(text: str) -> str:
    """Times stand in the diary as PostgreSQL writes them, with date and offset."""
    if len(text) < len("2025-01-01T00:00:00") or text[10:11] != "T":
        return text
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return text
    return wording.full_moment(at.astimezone(clock.STOCKHOLM))


def models_by_table() -> dict[str, type[Model]]:
    """Of every table that the diary keeps, the catalogue's rungs among them."""
    models = [*apps.get_app_config("providers").get_models(), apps.get_model(RUNG)]
    return {model._meta.db_table: model for model in models}
