"""Searching the register's pages over HTTP against the SQL that they need, run directly.

The statements are those of the page's own search, written out: the found units in the order of the
page, all of them counted, and what each row of the page shows. On a connection of their own, with
nothing before or after them: no session, no rights, no page.
"""

from collections.abc import Sequence
from typing import Any, Final
from urllib.parse import urlencode

from bench.match_http_over_sql import own_connection
from bench.report import note, report
from bench.server import Browser, interleaved
from providers.queries.pages import ROWS_A_PAGE, search_query
from spink.foundation import clock

SIZE: Final = 100_000
GOAL: Final = 3
ROUNDS: Final = 15
SEARCHES: Final = (
    {"q": "verksamhet 7"},
    {"q": "socialt goteborg"},
    {"q": "skyddat mölndal"},
    {"q": "familjehem kriminalitet", "free": "yes"},
)
"""A name, a service that half of the units give and a place, a rarer one, and a filter."""
