"""What differs in the register between two numbers: from the diary's rows between them alone."""

import json
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from django.db import connection

from providers.queries.diary.columns import COUNTED, COUNTS, GIVES_AWAY, without
from providers.queries.diary.editions import (
    STOP,
    UNIT,
    Wanted,
    providers_called,
    units_called,
)
from providers.queries.diary.sight import Sight
from providers.queries.register import number_as_of
from spink.foundation import clock

Image = dict[str, Any]

_DIFFERING: Final = f"""
WITH touched AS (
    SELECT min(id) AS first, max(id) AS last FROM providers_registerchange
    WHERE number > %(after)s AND number <= %(until)s
    GROUP BY table_name, row_pk
),
differing AS (
    SELECT l.id, l.table_name, l.row_pk, coalesce(l.unit_id, f.unit_id) AS unit_id,
        f.before, l.after, l.number,
        CASE WHEN f.before IS NULL THEN 'I' WHEN l.after IS NULL THEN 'D' ELSE 'U' END AS operation
    FROM touched t
    JOIN providers_registerchange f ON f.id = t.first
    JOIN providers_registerchange l ON l.id = t.last
    WHERE f.before IS DISTINCT FROM l.after
),
told AS (
    SELECT d.*,
        CASE WHEN table_name = '{UNIT}' AND operation = 'U'
            AND (before{without(COUNTED)}) IS NOT DISTINCT FROM (after{without(COUNTED)})
        THEN '{COUNTS}' ELSE table_name END AS part
    FROM differing d
    WHERE (%(sees_planned)s OR table_name <> '{STOP}' OR row_pk NOT IN (
            SELECT id FROM providers_stop WHERE valid_from > %(today)s
            OR (ended_at AT TIME ZONE 'Europe/Stockholm')::date < valid_from
        ))
    AND (%(sees_protected)s OR operation <> 'U'
        OR (before{without(GIVES_AWAY)}) IS DISTINCT FROM (after{without(GIVES_AWAY)})
        OR NOT EXISTS (
            SELECT FROM providers_registerchange s
            WHERE s.unit_id = d.unit_id AND s.table_name = 'providers_careunitservice'
            AND 'protected_housing' IN (s.before->>'service_type', s.after->>'service_type')
        ))
    AND (%(units)s::bigint[] IS NULL OR unit_id = ANY(%(units)s::bigint[]))
    AND (%(providers)s::bigint[] IS NULL
        OR unit_id IN (SELECT id FROM providers_careunit WHERE provider_id = ANY(%(providers)s))
        OR table_name = 'providers_provider' AND row_pk = ANY(%(providers)s)
        OR table_name IN ('providers_stop', 'providers_agreement')
            AND (coalesce(after, before)->>'provider_id')::bigint = ANY(%(providers)s)
        OR table_name = 'providers_agreementlot' AND (coalesce(after, before)->>'agreement_id')
            ::bigint IN (SELECT id FROM providers_agreement WHERE provider_id = ANY(%(providers)s)))
)"""  # noqa: S608 - only constants are put in

_COUNTS: Final = f"""{_DIFFERING}
SELECT part, operation, count(*) FROM told GROUP BY part, operation"""  # noqa: S608

_ROWS: Final = f"""{_DIFFERING}
SELECT t.id, t.table_name, t.row_pk, t.unit_id, t.operation, t.before, t.after, t.number
FROM told t LEFT JOIN providers_careunit u ON u.id = t.unit_id
WHERE %(part)s IN ('', part)
ORDER BY part = '{COUNTS}',
    translate(lower(coalesce(u.name, t.after->>'name', t.before->>'name', '')), 'åäöéü', '{{|}}ey')
        COLLATE "C",
    t.id
LIMIT %(limit)s OFFSET %(offset)s"""  # noqa: S608


@dataclass(frozen=True, slots=True)
class Between:
    """The numbers of the register at the end of two days."""

    after: int
    until: int

    @classmethod
    def days(cls, first: date, last: date) -> "Between":
        return cls(_number_on(first), _number_on(last))


@dataclass(frozen=True, slots=True)
class NetChange:
    """A row as it was at the first number and as it is at the last; `number` changed it last."""

    id: int
    table_name: str
    row_pk: int
    unit_id: int | None
    operation: str
    before: Image | None
    after: Image | None
    number: int


def _number_on(day: date) -> int:
    return number_as_of(clock.beginning_of(day + timedelta(days=1)) - timedelta(microseconds=1))


def counted(between: Between, wanted: Wanted, *, sight: Sight) -> dict[str, dict[str, int]]:
    """How many rows differ: by part, and by what has become of them."""
    found: dict[str, dict[str, int]] = {}
    for part, operation, count in _fetched(_COUNTS, _given(between, wanted, sight)):
        found.setdefault(part, {})[operation] = count
    return found


def differing(
    between: Between, wanted: Wanted, *, sight: Sight, limit: int, offset: int
) -> list[NetChange]:
    """By the units' names; those that were only counted anew come last."""
    given = _given(between, wanted, sight) | {"limit": limit, "offset": offset}
    return [
        NetChange(pk, table, row_pk, unit_id, operation, _image(before), _image(after), number)
        for pk, table, row_pk, unit_id, operation, before, after, number in _fetched(_ROWS, given)
    ]


def net_changes(number: int, *, limit: int) -> list[NetChange]:
    """What an edition changed, in all."""
    everything = Sight(sees_protected=True, sees_why=True, sees_planned=True)
    return differing(Between(number - 1, number), Wanted(), sight=everything, limit=limit, offset=0)


def _given(between: Between, wanted: Wanted, sight: Sight) -> dict[str, Any]:
    return {
        "after": between.after,
        "until": between.until,
        "sees_protected": sight.sees_protected,
        "sees_planned": sight.sees_planned,
        "today": clock.today(),
        "units": units_called(wanted.unit) if wanted.unit else None,
        "providers": providers_called(wanted.provider) if wanted.provider else None,
        "part": wanted.part,
    }


def _image(text: str | None) -> Image | None:
    found: Image | None = None if text is None else json.loads(text)
    return found


def _fetched(statement: str, given: dict[str, Any]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement, given)
        return list(cursor.fetchall())
