"""Searching the register's pages over HTTP against the SQL of the same search, run directly.

The statements are the page's own: those on the register that it asks while it answers, taken down
once and run one after another on a connection of their own. Over HTTP stands besides them all that
a real page costs: web server, session, reach, wall, fifty rows in HTML.
"""

from collections.abc import Sequence
from typing import Final
from urllib.parse import urlencode

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench.match_http_over_sql import own_connection
from bench.report import note, report
from bench.server import Browser, interleaved
from spink.accounts.models import User

SIZE: Final = 100_000
GOAL: Final = 3
ROUNDS: Final = 15
SEARCHES: Final = (
    {"q": "verksamhet 7"},
    {"q": "socialt göteborg"},
    {"q": "skyddat molndal"},
    {"q": "familjehem kriminalitet", "free": "yes"},
)
"""A name; a service that half of the units give, and a place; a rarer one; and a filter."""


def compare(browsers: Sequence[Browser], reader: User) -> list[bool]:
    """The sum of the medians of all searches, which are of one size each."""
    over_http = in_sql = 0.0
    with own_connection() as sql:
        for search in SEARCHES:
            path = f"/register/units/?{urlencode(search)}"
            statements = _statements(path, reader)

            def ask(number: int, path: str = path) -> None:
                browsers[number % len(browsers)].get(path)

            def run(_number: int, statements: list[str] = statements) -> None:
                for statement in statements:
                    sql.execute(statement, prepare=False).fetchall()

            page, direct = interleaved(ask, run, rounds=ROUNDS)
            note(
                f"{path}: the page {page * 1e3:.0f} ms, its {len(statements)} statements "
                f"{direct * 1e3:.0f} ms"
            )
            over_http, in_sql = over_http + page, in_sql + direct
    ratio = over_http / in_sql
    return [report("register_search_100k", ratio, "of its SQL's time", GOAL, better="below")]


def _statements(path: str, reader: User) -> list[str]:
    client = Client(SERVER_NAME="localhost")
    client.force_login(reader, backend="django.contrib.auth.backends.ModelBackend")
    with CaptureQueriesContext(connection) as queries:
        if client.get(path).status_code != 200:
            raise RuntimeError(path)
    return [query["sql"] for query in queries if '"providers_' in query["sql"]]
