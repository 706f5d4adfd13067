"""The benchmarks that need a database and the web server, over registers that grow.

`python -m bench.over_http [UNITS ...]` measures these sizes alone; BENCH_DIR names the folder.
"""

import os
import sys
from pathlib import Path
from typing import Final

import django

django.setup()

from django.core.management import call_command  # noqa: E402 - needs Django

from bench import (  # noqa: E402
    import_register,
    match_http_over_sql,
    page_match_over_json,
    people,
    queries_per_page,
    queue_page,
    register_rows,
    register_search,
    server,
    stop_preview,
)
from bench.report import note  # noqa: E402

SIZES: Final = (queries_per_page.MANY_UNITS, 1_000, 10_000, 100_000)
"""The first is about the real register's, and what `make demo` shows."""


def main(sizes: tuple[int, ...]) -> int:
    for command in ("migrate", "load_catalogue", "load_organisation"):
        with open(os.devnull, "w", encoding="utf-8") as silent:
            call_command(command, verbosity=0, stdout=silent)
    met = import_register.compare()
    register_rows.fill(queries_per_page.FEW_UNITS)
    settled = people.settle()
    met += queries_per_page.compare(settled)
    for units in sizes:
        note(f"{units} units: filled in {register_rows.fill(units):.0f} s")
        met += _measured(units, settled)
    met += queue_page.compare(settled, Path(os.environ["BENCH_DIR"]))
    return 0 if all(met) else 1


def _measured(units: int, settled: people.Settled) -> list[bool]:
    log = Path(os.environ["BENCH_DIR"]) / "server.log"
    with server.serving(log) as serving:
        browsers = [server.Browser(serving.port) for _ in range(server.CONNECTIONS)]
        for browser in browsers:
            browser.login(people.OFFICER, people.PASSWORD)
        met = []
        if units in page_match_over_json.SIZES:
            met += page_match_over_json.compare(units, browsers, settled.request)
        if units in match_http_over_sql.GOALS:
            met += match_http_over_sql.compare(units, serving, browsers, settled.request)
        if units == register_search.SIZE:
            met += register_search.compare(browsers, settled.officer)
        if units == stop_preview.SIZE:
            met += stop_preview.compare(settled)
        return met


if __name__ == "__main__":
    sys.exit(main(tuple(map(int, sys.argv[1:])) or SIZES))
