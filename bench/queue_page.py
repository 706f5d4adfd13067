"""The officers' work queue with ten thousand requests and with a hundred thousand.

The two are databases beside each other in one PostgreSQL, each with its web server, which are asked
in turns, so that the machine's moods meet both alike.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench import people
from bench.many_requests import COPY, FEW, MANY, working_in
from bench.report import note, report
from bench.server import CONNECTIONS, Browser, interleaved, serving

GOAL: Final = 1.5
ROUNDS: Final = 100
VIEWS: Final = {"mine": "/queue/?view=mine", "all": "/queue/?view=all"}


def compare(settled: people.Settled, folder: Path) -> list[bool]:
    with working_in(COPY):
        many_queries = {view: _count(settled, address) for view, address in VIEWS.items()}
    met = _compare_seconds(folder)
    for view, address in VIEWS.items():
        few, many = _count(settled, address), many_queries[view]
        met.append(report(f"queue_page_{view}_queries", many, "queries", few, better="below"))
    return met


def _compare_seconds(folder: Path) -> list[bool]:
    few_log, many_log = (folder / f"queue-{size}.log" for size in (FEW, MANY))
    with serving(few_log) as few, serving(many_log, database=COPY) as many:
        sides = [_logged_in(one.port) for one in (few, many)]
        works = [_asking(side, address) for address in VIEWS.values() for side in sides]
        seconds = interleaved(*works, rounds=ROUNDS)
    met = []
    for view, with_few, with_many in zip(VIEWS, seconds[::2], seconds[1::2], strict=True):
        note(f"{view}: {FEW} requests {with_few * 1e3:.1f} ms, {MANY} {with_many * 1e3:.1f} ms")
        ratio = with_many / with_few
        met.append(report(f"queue_page_{view}", ratio, "times as slow", GOAL, better="below"))
    return met


def _logged_in(port: int) -> list[Browser]:
    browsers = [Browser(port) for _ in range(CONNECTIONS)]
    for browser in browsers:
        browser.login(people.OFFICER, people.PASSWORD)
    return browsers


def _asking(browsers: Sequence[Browser], address: str) -> Any:
    return lambda number: browsers[number % len(browsers)].get(address)


def _count(settled: people.Settled, address: str) -> int:
    client = Client(SERVER_NAME="localhost")
    client.force_login(settled.officer, backend="django.contrib.auth.backends.ModelBackend")
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        client.get(address)
    return len(queries)
