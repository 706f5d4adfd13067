"""A municipality's working time, as the rules ask for it and as administrators read it."""

from datetime import date
from functools import cache

from django.db import connection

from placements.domain.values import Urgency
from placements.domain.working_time import Office, OfficeRule
from placements.models import ClosedDay, OfficeHours
from spink.foundation.kept import KeptStatement

ANY_MUNICIPALITY = "any municipality"
_CLOSINGS = "SELECT day, closes_at FROM placements_closedday WHERE municipality_id = %s"


def office_of(municipality: str) -> Office:
    """Working time and its dated rules: two queries."""
    with connection.cursor() as cursor:
        cursor.execute(_CLOSINGS, [municipality])
        closings = dict(cursor.fetchall())
    return Office(tuple(rule_of(row) for row in office_hours(municipality)), closings)


def office_hours(municipality: str) -> list[OfficeHours]:
    """The oldest first."""
    return _hours_of_one().rows({ANY_MUNICIPALITY: municipality})


@cache
def _hours_of_one() -> KeptStatement[OfficeHours]:
    found = OfficeHours.objects.filter(municipality_id=ANY_MUNICIPALITY)
    return KeptStatement(found.order_by("valid_from"))


def hours_by_municipality(day: date) -> dict[str, OfficeHours]:
    """The row that holds on the day, where a municipality has one."""
    rows = OfficeHours.objects.filter(valid_from__lte=day).order_by("valid_from")
    return {row.municipality_id: row for row in rows}


def closed_days(municipality: str, *, since: date) -> list[ClosedDay]:
    found = ClosedDay.objects.filter(municipality_id=municipality, day__gte=since)
    return list(found.order_by("day"))


def rule_of(row: OfficeHours) -> OfficeRule:
    week = zip(row.opens, row.closes, strict=True)
    return OfficeRule(
        valid_from=row.valid_from,
        week=tuple((opens, closes) if opens and closes else None for opens, closes in week),
        hours={
            Urgency.ACUTE: row.acute_hours,
            Urgency.SOON: row.soon_hours,
            Urgency.PLANNED: row.planned_hours,
        },
        feedback_days=row.feedback_days,
        jour_name=row.jour_name,
        jour_phone=row.jour_phone,
    )
