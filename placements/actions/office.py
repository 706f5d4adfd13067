"""Administrators decide when a placement function works, and who answers out of hours."""

from collections.abc import Mapping
from datetime import date, time
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from placements.domain.working_time import usual_days
from placements.models import ClosedDay, OfficeHours
from spink.foundation import audit, clock
from spink.foundation.actor import Actor


class HoursChanged(Exception):
    """Somebody else changed the hours since they were read."""


def save_office_hours(
    *, municipality: str, valid_from: date, values: Mapping[str, Any], seen: int, by: Actor
) -> OfficeHours:
    """New hours from a day on; those of the same day are replaced.

    `seen` is the number of changes that the page knew of (`changes_of`). Raises HoursChanged, and
    ValidationError for a day that has passed.
    """
    if valid_from < clock.today():
        raise ValidationError({"valid_from": _("Hours are changed from today or a later day.")})
    try:
        with transaction.atomic():
            rows = list(OfficeHours.objects.select_for_update().filter(municipality=municipality))
            if changes_of(rows) != seen:
                raise HoursChanged
            row = next((one for one in rows if one.valid_from == valid_from), None)
            row = _written(row, municipality, valid_from, values)
            details = {name: _plain(value) for name, value in values.items()}
            details |= {"valid_from": valid_from.isoformat(), "version": row.version}
            _record("office_hours_set", municipality, by, details)
    except IntegrityError as quicker:
        raise HoursChanged from quicker
    return row


def changes_of(rows: list[OfficeHours]) -> int:
    return sum(row.version for row in rows)


def _written(
    row: OfficeHours | None, municipality: str, valid_from: date, values: Mapping[str, Any]
) -> OfficeHours:
    if row is None:
        row = OfficeHours(municipality_id=municipality, valid_from=valid_from, version=0)
    for name, value in values.items():
        setattr(row, name, value)
    row.version += 1
    row.save()
    return row


def _plain(value: Any) -> Any:
    if isinstance(value, list):
        return [_plain(one) for one in value]
    return value.isoformat("minutes") if isinstance(value, time) else value


@transaction.atomic
def add_closed_day(
    *, municipality: str, day: date, name: str, closes_at: time | None = None, by: Actor
) -> ClosedDay:
    """A day that is there already gets the new name and time. Raises ValidationError."""
    _check_ahead(day)
    found, _is_new = ClosedDay.objects.update_or_create(
        municipality_id=municipality, day=day, defaults={"name": name, "closes_at": closes_at}
    )
    _record("closed_day_added", municipality, by, _said_of(found))
    return found


@transaction.atomic
def add_usual_days(*, municipality: str, year: int, by: Actor) -> list[ClosedDay]:
    """The year's usual half days and days between holidays; what is there already stays."""
    known = set(
        ClosedDay.objects.filter(municipality_id=municipality).values_list("day", flat=True)
    )
    return [
        add_closed_day(
            municipality=municipality, day=one.day, name=one.name, closes_at=one.closes_at, by=by
        )
        for one in usual_days(year)
        if one.day not in known and one.day >= clock.today()
    ]


@transaction.atomic
def remove_closed_day(*, municipality: str, day: date, by: Actor) -> None:
    """One that is removed already is no fault. Raises ValidationError for a day that has passed."""
    _check_ahead(day)
    found = ClosedDay.objects.select_for_update().filter(municipality=municipality, day=day).first()
    if found is None:
        return
    _record("closed_day_removed", municipality, by, _said_of(found))
    found.delete()


def _check_ahead(day: date) -> None:
    if day < clock.today():
        raise ValidationError({"day": _("Days that have passed are kept as they were.")})


def _said_of(row: ClosedDay) -> dict[str, Any]:
    return {"day": row.day.isoformat(), "closes_at": _plain(row.closes_at), "name": row.name}


def _record(action: str, municipality: str, by: Actor, details: Mapping[str, Any]) -> None:
    audit.record(action=action, by=by, subject="office", subject_id=municipality, details=details)
