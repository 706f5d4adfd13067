"""The REST API over HTTP against the same calls written by hand (`bench/by_hand.py`).

Both are answered by the same two workers, in turns, to four callers at once. The client's
department has filed all of the ten thousand requests, and in the other database a hundred thousand.
"""

import json
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any, Final
from uuid import uuid4

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench.load import Line, Side, in_turns
from bench.many_requests import COPY, FEW, MANY, working_in
from bench.people import Settled
from bench.report import note, report
from bench.server import CONNECTIONS, Serving, interleaved, serving
from placements.models import PlacementRequest
from spink.accounts import wall
from spink.accounts.actions import create_api_client
from spink.accounts.domain.api_scopes import ApiScope
from spink.accounts.domain.jobs import SystemJob
from spink.foundation import clock
from spink.foundation.actor import Actor
from spink.sample.drawing import Draw
from spink.sample.persons import impossible_numbers

GOAL: Final = 0.3
GROWTH: Final = 1.5
QUERIES: Final = {"create": 20, "list_50_of_10000": 8, "detail": 10}
ROUNDS: Final = 15
CALLS: Final = {"create": 120, "list_50_of_10000": 120, "detail": 200}
"""A round and side."""
OURS: Final = "/api/v1/placement-requests"
BY_HAND: Final = "/api/by-hand/placement-requests"
LIST: Final = "?limit=50"
BODY: Final[dict[str, Any]] = {
    "service_type": "supported_social_housing",
    "subtype": "kortsiktigt lägenhet",
    "legal_basis": "sol_2025",
    "urgency": "soon",
    "needs_wished": ["criminality", "suicidal_acts"],
    "disclosure_basis": "consent",
}

_numbers = impossible_numbers(Draw(1, "bench", "api"), 1990)
_one_of = count()


@dataclass(frozen=True, slots=True)
class Calls:
    """What a client sends, as it goes over the wire."""

    token: str
    references: tuple[str, ...]

    def of(self, name: str, base: str) -> bytes:
        if name == "create":
            return self.post(base, new_request())
        if name == "detail":
            return self.get(f"{base}/{self.references[next(_one_of) % len(self.references)]}")
        return self.get(base + LIST)

    def get(self, path: str) -> bytes:
        return "\r\n".join((f"GET {path} HTTP/1.1", *self._headers(), "", "")).encode()

    def post(self, path: str, told: dict[str, Any]) -> bytes:
        body = json.dumps(told).encode()
        more = ("Content-Type: application/json", f"Content-Length: {len(body)}")
        headers = (*self._headers(), f"Idempotency-Key: {uuid4()}", *more)
        return "\r\n".join((f"POST {path} HTTP/1.1", *headers, "", "")).encode() + body

    def _headers(self) -> Iterator[str]:
        yield "Host: localhost"
        yield f"Authorization: Bearer {self.token}"
        yield "Acting-Person: kajsa.karlsson@kommun.example"


def new_request() -> dict[str, Any]:
    """Somebody new each time."""
    person = {
        "number_kind": "personal",
        "number": next(_numbers),
        "given_name": "Astrid",
        "family_name": "Lund",
        "protection": "none",
        "age": 34,
        "gender": "woman",
    }
    today = str(clock.today())
    return BODY | {"person": person, "decision_date": today, "wanted_start": today}


def compare(settled: Settled, folder: Path) -> list[bool]:
    few = Calls(_token(settled), _references())
    with working_in(COPY):
        many = Calls(_token(settled), few.references)
    met = _compare_growth(few, many, folder)
    with serving(folder / "api.log") as found:
        _check(found, few)
        for name in QUERIES:
            met += _compare_with_hand(name, found, few)
    for name, most in QUERIES.items():
        queries = _queries(name, few, many)
        met.append(report(f"api_{name}_queries", queries, "queries", most, better="below"))
    return met


def _token(settled: Settled) -> str:
    """Of a new client, in the database where we are."""
    client, secret = create_api_client(
        name="bench",
        unit_id=settled.unit.pk,
        scopes=tuple(ApiScope),
        contact="bench@kommun.example",
        by=Actor.system("bench"),
    )
    basic = b64encode(f"{client.client_id}:{secret}".encode()).decode()
    answer = Client(SERVER_NAME="localhost").post(
        "/api/v1/oauth/token",
        {"grant_type": "client_credentials"},
        headers={"Authorization": f"Basic {basic}"},
    )
    return str(answer.json()["access_token"])


def _references() -> tuple[str, ...]:
    with wall.opened_for_job(SystemJob.LOAD_SAMPLE):
        found = PlacementRequest.objects.filter(submitted_at__isnull=False)
        return tuple(found.order_by("pk").values_list("reference", flat=True)[::100])


def _check(found: Serving, calls: Calls) -> None:
    """Both answer the same."""
    line = Line(found.port)
    for address in (LIST, f"/{calls.references[1]}"):
        ours, by_hand = (
            json.loads(line.ask(calls.get(base + address), 200)) for base in (OURS, BY_HAND)
        )
        if ours != by_hand:
            raise SystemExit(f"the call by hand answers another thing: {address}")


def _compare_with_hand(name: str, found: Serving, calls: Calls) -> list[bool]:
    status = 201 if name == "create" else 200
    ours, by_hand = sides = [
        Side(lambda base=base: calls.of(name, base), status)  # type: ignore[misc]
        for base in (OURS, BY_HAND)
    ]
    _warm(found, calls)

    def serve() -> list[int]:
        return [*found.workers(), *_backends()]

    in_turns(found.port, sides, serve, rounds=ROUNDS, calls=CALLS[name])
    for side, who in zip(sides, ("the API", "by hand"), strict=True):
        note(
            f"api_{name}, {who}: {side.rate:.0f} calls a second, p95 {side.p95 * 1e3:.1f} ms, "
            f"{side.processor * 1e3:.2f} ms of the processor's time each"
        )
    note(f"api_{name}: by the processor's time {by_hand.processor / ours.processor:.2f}")
    rate, p95 = ours.rate / by_hand.rate, by_hand.p95 / ours.p95
    return [
        report(f"api_{name}", rate, "of the calls a second by hand", GOAL),
        report(f"api_{name}_p95", p95, "by hand's p95 in ours", GOAL),
    ]


def _warm(found: Serving, calls: Calls) -> None:
    """Both workers have seen all of it, and keep their connections to the database."""
    lines = [Line(found.port) for _ in range(2 * CONNECTIONS)]
    for line in lines:
        for base in (OURS, BY_HAND):
            line.ask(calls.get(base + LIST), 200)


def _backends() -> list[int]:
    """PostgreSQL's processes for the web server."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pid FROM pg_stat_activity WHERE backend_type = 'client backend' "
            "AND pid <> pg_backend_pid()"
        )
        return [pid for (pid,) in cursor.fetchall()]


def _compare_growth(few: Calls, many: Calls, folder: Path) -> list[bool]:
    few_log, many_log = (folder / f"api-{size}.log" for size in (FEW, MANY))
    with serving(few_log) as of_few, serving(many_log, database=COPY) as of_many:
        works = [_listing(of_few, few), _listing(of_many, many)]
        with_few, with_many = interleaved(*works, rounds=100)
    note(f"api_list: {FEW} requests {with_few * 1e3:.1f} ms, {MANY} {with_many * 1e3:.1f} ms")
    growth = with_many / with_few
    return [report("api_list_growth", growth, "times as slow", GROWTH, better="below")]


def _listing(found: Serving, calls: Calls) -> Any:
    call = calls.get(OURS + LIST)
    lines = [Line(found.port) for _ in range(CONNECTIONS)]
    return lambda number: lines[number % len(lines)].ask(call, 200)


def _queries(name: str, few: Calls, many: Calls) -> int:
    """The same with few requests and with many, or the run ends."""
    with_few = _count(name, few)
    with working_in(COPY):
        with_many = _count(name, many)
    if with_few != with_many:
        raise SystemExit(f"api_{name}: {with_few} queries, {with_many} with many requests")
    return with_many


def _count(name: str, calls: Calls) -> int:
    client = Client(SERVER_NAME="localhost")
    told: dict[str, Any] = {
        "headers": {
            "Authorization": f"Bearer {calls.token}",
            "Acting-Person": "kajsa",
            "Idempotency-Key": str(uuid4()),
        }
    }
    with CaptureQueriesContext(connection) as queries:
        if name == "create":
            body = json.dumps(new_request())
            answer = client.post(OURS, body, content_type="application/json", **told)
        elif name == "detail":
            answer = client.get(f"{OURS}/{calls.references[0]}", **told)
        else:
            answer = client.get(OURS + LIST, **told)
    if answer.status_code not in (200, 201):
        raise RuntimeError(answer.content)
    return len([one for one in queries if "SAVEPOINT" not in one["sql"]])
