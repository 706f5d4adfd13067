"""Which stops close a rung to units, as the database says it to whoever recommends or asks."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db import connection


@dataclass(frozen=True, slots=True)
class ClosingStop:
    stop_id: int
    kind: str
    since: date | None


def closing_stops(
    units: Mapping[str, str], *, instant: date, start: date | None
) -> dict[str, ClosingStop]:
    """`units` are codes with the rung that each is wanted on, empty for none. By code."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT wanted.unit, s.id, s.kind, s.valid_from"
            " FROM unnest(%s::text[], %s::text[]) AS wanted (unit, form)"
            " JOIN providers_stop s"
            " ON s.id = providers_closing_stop(wanted.unit, wanted.form, %s, %s)",
            [list(units), list(units.values()), instant, start],
        )
        return {unit: ClosingStop(*stop) for unit, *stop in cursor.fetchall()}
