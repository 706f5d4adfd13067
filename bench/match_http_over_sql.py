"""The JSON outcome over HTTP against one SQL statement that gives the same JSON.

Over HTTP stands all that a real question costs: the web server, a logged-in officer's session and
reach, the wall, the row in the access log, the check that the register is fresh. The statement
reads the same live tables on a connection of its own, with memory to sort in. Neither side keeps
plans: Django has every statement planned anew, and so this one is; a note tells what it takes when
its plan is kept.
"""

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

import psycopg
from django.db import connection

from bench import register_rows
from bench.report import note, report
from bench.server import Browser, interleaved
from placements.matching import Excluded, Need
from placements.models import PlacementRequest
from placements.queries.matching import need_of
from providers.queries import current_register
from spink.foundation import clock

STATEMENT: Final = (Path(__file__).parent / "sql" / "match.sql").read_text(encoding="utf-8")
ROUNDS: Final = {1_000: 150, 10_000: 60, 100_000: 20}


class Goal(NamedTuple):
    excluded: Excluded
    ratio: float
    changed: bool = False
    """One unit is changed before every request."""


GOALS: Final = {
    1_000: [Goal("all", 1.0)],
    10_000: [Goal("all", 0.5), Goal("all", 1.0, changed=True), Goal("near", 1.0, changed=True)],
    100_000: [Goal("all", 0.5), Goal("near", 0.3)],
}


def compare(units: int, browsers: Sequence[Browser], request: PlacementRequest) -> list[bool]:
    register = current_register()
    need = Need.from_document(
        need_of(request), place="request", service_types=register.provision_forms
    )
    with _own_connection() as sql:
        return [_compare(units, goal, browsers, request, need, sql) for goal in GOALS[units]]


def _compare(
    units: int,
    goal: Goal,
    browsers: Sequence[Browser],
    request: PlacementRequest,
    need: Need,
    sql: "psycopg.Connection[tuple[Any, ...]]",
) -> bool:
    address = f"/requests/{request.reference}/match.json?excluded={goal.excluded}"
    given = parameters(need, goal.excluded)

    def change(number: int) -> None:
        if goal.changed:
            register_rows.change_one_unit(number)

    def over_http(number: int) -> bytes:
        return browsers[number % len(browsers)].get(address)

    def in_sql(_number: int = 0, prepare: bool = False) -> str:
        row = sql.execute(STATEMENT, given, prepare=prepare).fetchone()
        return str(row[0]) if row else ""

    _, http, statement = interleaved(change, over_http, in_sql, rounds=ROUNDS[units])
    if json.loads(over_http(0)) != json.loads(in_sql()):
        raise SystemExit("the statement gives another outcome")
    name = f"match_http_over_sql_{units}_{goal.excluded}" + ("_changed" if goal.changed else "")
    _show_plan(name, sql, given)
    (kept,) = interleaved(lambda number: in_sql(number, prepare=True), rounds=ROUNDS[units] // 4)
    note(
        f"{name}: HTTP {http * 1e3:.1f} ms, SQL {statement * 1e3:.1f} ms "
        f"({kept * 1e3:.1f} ms with its plan kept), medians"
    )
    return report(name, http / statement, "of the statement's time", goal.ratio, better="below")


def _own_connection() -> "psycopg.Connection[tuple[Any, ...]]":
    known = connection.get_connection_params()
    names = ("host", "port", "user", "password", "dbname")
    own = psycopg.connect(**{name: known[name] for name in names if name in known}, autocommit=True)
    own.execute("SET work_mem = '64MB'")
    return own


def _show_plan(
    name: str, sql: "psycopg.Connection[tuple[Any, ...]]", given: dict[str, Any]
) -> None:
    lines = sql.execute(f"EXPLAIN (ANALYZE, SETTINGS) {STATEMENT}", given).fetchall()
    print(f"\n{name}", *(line for (line,) in lines), sep="\n", file=sys.stderr, flush=True)


def parameters(need: Need, excluded: Excluded) -> dict[str, Any]:
    companions, near = need.companions, need.near
    return {
        "today": clock.today(),
        "municipality": need.municipality,
        "service_type": need.service_type,
        "subtype": need.subtype,
        "wanted_start": need.wanted_start,
        "age": need.age,
        "youngest": min(companions, default=None),
        "oldest": max(companions, default=None),
        "gender": need.gender,
        "drug_free": need.drug_free,
        "places": need.places_asked,
        "required": list(need.needs_required),
        "wished": list(need.needs_wished),
        "named": [*need.needs_required, *need.needs_wished],
        "latitude": near and near.lat,
        "longitude": near and near.lon,
        "within_km": near and near.within_km,
        "not_in_municipalities": list(need.not_in_municipalities),
        "not_units": list(need.not_units),
        "excluded": excluded,
    }
