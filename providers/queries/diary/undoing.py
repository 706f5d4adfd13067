"""Whether a change of the register can be undone, and what would have to be written."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from django.db import connection

from providers.models import RegisterChange, RegisterEdition
from providers.queries.diary.columns import PLACE
from providers.queries.diary.comparing import Image, NetChange, net_changes
from providers.queries.sources import TABLES

MOST_ROWS: Final = 2000
STOP: Final = "providers_stop"
RUNG: Final = "catalogue_servicerung"
PLAN: Final = "providers_plannedchange"
KEPT_FOR_EVER: Final = frozenset({"providers_careunit", "providers_provider"})
"""Requests and the control of providers name them by code: they are ended, and never removed."""


class Why(StrEnum):
    """Why a change cannot be undone."""

    TOO_LARGE = "too_large"
    STOP = "stop"
    RUNG = "rung"
    PLANS_ALONE = "plans_alone"
    ADDED_FOR_EVER = "added_for_ever"
    PLACE_FORGOTTEN = "place_forgotten"
    CHANGED_LATER = "changed_later"
    GONE = "gone"
    STANDS_AGAIN = "stands_again"
    REFERRED_TO = "referred_to"
    TAKEN = "taken"


@dataclass(frozen=True, slots=True)
class Obstacle:
    why: Why
    row: NetChange | None = None
    columns: tuple[str, ...] = ()
    later: RegisterEdition | None = None
    """The last edition that changed the row since."""


@dataclass(frozen=True, slots=True)
class Undoing:
    """`rows` are what the edition changed; `last_change` the last change of any of them."""

    rows: list[NetChange]
    obstacles: list[Obstacle]
    last_change: int


def undoing_of(number: int) -> Undoing:
    found = net_changes(number, limit=MOST_ROWS + 1)
    if len(found) > MOST_ROWS:
        return Undoing([], [Obstacle(Why.TOO_LARGE)], 0)
    rows = [row for row in found if row.table_name != PLAN]
    if not rows:
        return Undoing([], [Obstacle(Why.PLANS_ALONE)], 0)
    latest = _latest_changes(rows)
    last = max(latest.values(), default=0)
    if refused := [Obstacle(why, row) for row in rows if (why := _never(row))]:
        return Undoing(rows, refused, last)
    standing = _standing(rows)
    blocked = [obstacle for row in rows if (obstacle := _in_the_way(row, standing.get(_key(row))))]
    return Undoing(rows, _with_the_later(blocked, latest), last)


def _never(row: NetChange) -> Why | None:
    if row.table_name == STOP:
        return Why.STOP
    if row.table_name == RUNG:
        return Why.RUNG
    if row.operation == "I" and row.table_name in KEPT_FOR_EVER:
        return Why.ADDED_FOR_EVER
    if row.operation == "D" and row.table_name == "providers_careunitaddress":
        return None if PLACE[2] in (row.before or {}) else Why.PLACE_FORGOTTEN
    return None


def columns_changed(row: NetChange) -> list[str]:
    before, after = row.before or {}, row.after or {}
    return [name for name in before if name in after and before[name] != after[name]]


def _in_the_way(row: NetChange, standing: Image | None) -> Obstacle | None:
    if row.operation == "D":
        return Obstacle(Why.STANDS_AGAIN, row) if standing is not None else None
    if standing is None:
        return Obstacle(Why.GONE, row)
    after = row.after or {}
    watched = list(after) if row.operation == "I" else columns_changed(row)
    changed = tuple(name for name in watched if standing.get(name) != after[name])
    return Obstacle(Why.CHANGED_LATER, row, changed) if changed else None


def _standing(rows: Sequence[NetChange]) -> dict[tuple[str, int], Image]:
    """The rows as they are now, as the diary would have them."""
    last = RegisterChange.objects.filter(pk__in=_latest_changes(rows).values())
    return {
        (one.table_name, one.row_pk): one.after
        for one in last.only("table_name", "row_pk", "after")
        if one.after is not None
    }


_LATEST = """
SELECT t.table_name, t.row_pk, (
    SELECT max(c.id) FROM providers_registerchange c
    WHERE c.table_name = t.table_name AND c.row_pk = t.row_pk
)
FROM unnest(%s::text[], %s::bigint[]) AS t (table_name, row_pk)"""


def _latest_changes(rows: Sequence[NetChange]) -> dict[tuple[str, int], int]:
    with connection.cursor() as cursor:
        cursor.execute(_LATEST, [[row.table_name for row in rows], [row.row_pk for row in rows]])
        return {(table, row_pk): latest for table, row_pk, latest in cursor.fetchall()}


def _with_the_later(
    obstacles: list[Obstacle], latest: Mapping[tuple[str, int], int]
) -> list[Obstacle]:
    wanted = {latest[_key(one.row)] for one in obstacles if one.row}
    changes = RegisterChange.objects.filter(pk__in=wanted).select_related("edition")
    editions = {change.pk: change.edition for change in changes}
    return [
        Obstacle(one.why, one.row, one.columns, editions[latest[_key(one.row)]]) if one.row else one
        for one in obstacles
    ]


def _key(row: NetChange) -> tuple[str, int]:
    return row.table_name, row.row_pk


def parents_first(row: NetChange) -> int:
    return TABLES.index(row.table_name)


def restored(row: NetChange) -> dict[str, Any]:
    """Of a changed row the columns as they were; of one that was taken away all of them."""
    before = row.before or {}
    return before if row.operation == "D" else {name: before[name] for name in columns_changed(row)}
