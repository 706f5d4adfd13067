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
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, NamedTuple

import psycopg
from django.db import connection

from bench import register_rows, sample
from bench.report import note, report
from bench.server import WARM_UP, Browser, Serving, interleaved, processor_seconds
from placements.matching import Excluded, Need
from placements.models import PlacementRequest
from placements.queries.matching import need_of
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


def compare(
    units: int, serving: Serving, browsers: Sequence[Browser], request: PlacementRequest
) -> list[bool]:
    need = Need.from_document(
        need_of(request), place="request", service_types=sample.PROVISION_FORMS
    )
    with own_connection() as sql:
        return [
            _Comparison(units, goal, serving, browsers, request, need, sql).figure()
            for goal in GOALS[units]
        ]


@dataclass(frozen=True, slots=True)
class _Comparison:
    units: int
    goal: Goal
    serving: Serving
    browsers: Sequence[Browser]
    request: PlacementRequest
    need: Need
    sql: "psycopg.Connection[tuple[Any, ...]]"

    @property
    def name(self) -> str:
        changed = "_changed" if self.goal.changed else ""
        return f"match_http_over_sql_{self.units}_{self.goal.excluded}{changed}"

    @property
    def given(self) -> dict[str, Any]:
        return parameters(self.need, self.goal.excluded)

    def figure(self) -> bool:
        self.check()
        rounds = ROUNDS[self.units]
        web, backend = self.of_web(), self.sql.info.backend_pid
        before = processor_seconds([*web, backend])
        _, http, statement = interleaved(self.change, self.over_http, self.in_sql, rounds=rounds)
        busy = {
            process: 1e3 * (seconds - before[process]) / (rounds + WARM_UP)
            for process, seconds in processor_seconds(before).items()
        }
        (kept,) = interleaved(lambda _: self.in_sql(prepare=True), rounds=rounds // 4)
        self.show_plan()
        note(
            f"{self.name}: HTTP {http * 1e3:.1f} ms, SQL {statement * 1e3:.1f} ms "
            f"({kept * 1e3:.1f} ms with its plan kept), medians; of the processor's time "
            f"{sum(busy.values()) - busy[backend]:.1f} ms and {busy[backend]:.1f} ms"
        )
        ratio = http / statement
        return report(self.name, ratio, "of the statement's time", self.goal.ratio, better="below")

    def check(self) -> None:
        if json.loads(self.over_http()) != json.loads(self.in_sql()):
            raise SystemExit("the statement gives another outcome")

    def change(self, number: int) -> None:
        if self.goal.changed:
            register_rows.change_one_unit(number)

    def over_http(self, number: int = 0) -> bytes:
        address = f"/requests/{self.request.reference}/match.json?excluded={self.goal.excluded}"
        return self.browsers[number % len(self.browsers)].get(address)

    def in_sql(self, _number: int = 0, prepare: bool = False) -> str:
        row = self.sql.execute(STATEMENT, self.given, prepare=prepare).fetchone()
        return str(row[0]) if row else ""

    def of_web(self) -> list[int]:
        """The web server's workers, once each has read the register, and PostgreSQL's processes
        for them."""
        for number in range(2 * len(self.browsers)):
            self.over_http(number)
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pid FROM pg_stat_activity WHERE backend_type = 'client backend' "
                "AND pid NOT IN (pg_backend_pid(), %s)",
                [self.sql.info.backend_pid],
            )
            backends = [pid for (pid,) in cursor.fetchall()]
        return [*self.serving.workers(), *backends]

    def show_plan(self) -> None:
        explained = self.sql.execute(f"EXPLAIN (ANALYZE, SETTINGS) {STATEMENT}", self.given)
        lines = (line for (line,) in explained.fetchall())
        print(f"\n{self.name}", *lines, sep="\n", file=sys.stderr, flush=True)


def own_connection() -> "psycopg.Connection[tuple[Any, ...]]":
    known = connection.get_connection_params()
    names = ("host", "port", "user", "password", "dbname")
    own = psycopg.connect(**{name: known[name] for name in names if name in known}, autocommit=True)
    own.execute("SET work_mem = '64MB'")
    return own


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
