"""What the register's pages say of places, periods, stops and changes, in words."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.apps import apps
from django.db.models import Model
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from providers.models import CareUnit, Stop, StopKind
from providers.queries.history import ChangedRow, Edition
from spink.foundation import clock
from spink.web import wording

FRESH_FOR_DAYS = 7
"""A count of places that is older than a week is shown as uncertain."""

HIDDEN = frozenset({"latitude", "longitude", "street", "postal_code", "city"})
"""Columns of which the diary tells that they changed, and not to what: they give houses away."""
WHY_STOPPED = frozenset({"reason_code", "decided_by", "ended_by"})


@dataclass(frozen=True, slots=True)
class Said:
    text: str
    look: str = ""


@dataclass(frozen=True, slots=True)
class TimelineRow:
    """What the timeline component shows."""

    at: datetime
    who: str
    text: str
    note: str = ""
    internal: bool = False


def free_places(unit: CareUnit) -> str:
    if unit.places_total is None:
        return _("Not counted in places")
    free = max(0, unit.places_total - unit.places_occupied - unit.places_unavailable)
    return _("%(free)s of %(total)s") % {"free": free, "total": unit.places_total}


def counted(unit: CareUnit, now: datetime) -> Said:
    """When the places were last confirmed, and whether that is still to be trusted."""
    if unit.places_total is None:
        return Said("")
    at = unit.places_confirmed_at
    if at is None:
        return Said(_("Never confirmed"), "old")
    text = _("Counted %(moment)s") % {"moment": wording.moment(at, now=now)}
    return Said(text, "old" if (now - at).days >= FRESH_FOR_DAYS else "fresh")


def period(first: date | None, last: date | None) -> str:
    if first and last:
        return f"{wording.short_day(first)} – {wording.short_day(last)}"
    if first:
        return _("from %(day)s") % {"day": wording.short_day(first)}
    if last:
        return _("until %(day)s") % {"day": wording.short_day(last)}
    return _("without end")


def ages(low: int | None, high: int | None) -> str:
    if low and high is not None:
        return _("%(low)s–%(high)s years") % {"low": low, "high": high}
    if low:
        return _("from %(low)s years") % {"low": low}
    if high is not None:
        return _("up to %(high)s years") % {"high": high}
    return _("All ages")


def stop_kind(stop: Stop) -> str:
    """A kind that is not known closes every rung, as a pause does."""
    return str(dict(StopKind.choices).get(stop.kind, StopKind.PAUSED.label))


def stop_on(stop: Stop) -> str:
    if stop.provider:
        return _("The provider %(name)s") % {"name": stop.provider.name}
    if stop.group:
        return _("The group %(name)s") % {"name": stop.group.name}
    return _("The unit")


def history_rows(editions: list[Edition], *, sees_why: bool) -> list[TimelineRow]:
    return [
        TimelineRow(
            edition.at,
            edition.who,
            "; ".join(dict.fromkeys(_changed(row, sees_why) for row in edition.rows)),
            edition.note,
        )
        for edition in editions
    ]


def _changed(row: ChangedRow, sees_why: bool) -> str:
    model = _models()[row.table]
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
    name = _column_name(model, column)
    if hidden:
        return name
    return f"{name} {_value(before)} → {_value(after)}"


def _column_name(model: type[Model], column: str) -> str:
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


def _models() -> dict[str, type[Model]]:
    return {model._meta.db_table: model for model in apps.get_app_config("providers").get_models()}
