"""The benchmarks that need a database and the web server, over registers that grow.

`python -m bench.over_http [PART ...] [UNITS ...]` measures these parts, and registers of these
sizes, alone; BENCH_DIR names the folder.
"""

import os
import sys
from pathlib import Path
from typing import Final

import django

django.setup()

from django.core.management import call_command  # noqa: E402 - needs Django

from bench import (  # noqa: E402
    api,
    import_register,
    many_requests,
    match_http_over_sql,
    page_match_over_json,
    people,
    queries_per_page,
    queue_page,
    register_rows,
    register_search,
    server,
    stop_preview,
    sweep,
)
from bench.parts import OF_A_SIZE, Parts  # noqa: E402
from bench.report import note  # noqa: E402

SIZES: Final = (queries_per_page.MANY_UNITS, 1_000, 10_000, 100_000)
"""The first is about the real register's, and what `make demo` shows."""


def main(parts: Parts, sizes: tuple[int, ...]) -> int:
    folder = Path(os.environ["BENCH_DIR"])
    for command in ("migrate", "load_catalogue", "load_organisation"):
        with open(os.devnull, "w", encoding="utf-8") as silent:
            call_command(command, verbosity=0, stdout=silent)
    met = import_register.compare() if parts.have("import_register") else []
    if parts.have("sweep"):
        met += sweep.compare(folder)
    register_rows.fill(queries_per_page.FEW_UNITS)
    settled = people.settle()
    if parts.have("queries_per_page"):
        met += queries_per_page.compare(settled)
    for units in sizes if parts.have(*OF_A_SIZE) else ():
        note(f"{units} units: filled in {register_rows.fill(units):.0f} s")
        met += _measured(parts, units, settled, folder)
    if parts.have("queue_page", "api"):
        many_requests.fill(settled)
    if parts.have("queue_page"):
        met += queue_page.compare(settled, folder)
    if parts.have("api"):
        met += api.compare(settled, folder)
    return 0 if all(met) else 1


def _measured(parts: Parts, units: int, settled: people.Settled, folder: Path) -> list[bool]:
    with server.serving(folder / "server.log") as serving:
        browsers = [server.Browser(serving.port) for _ in range(server.CONNECTIONS)]
        for browser in browsers:
            browser.login(people.OFFICER, people.PASSWORD)
        met = []
        if units in page_match_over_json.SIZES and parts.have("page_match_over_json"):
            met += page_match_over_json.compare(units, browsers, settled.request)
        if units in match_http_over_sql.GOALS and parts.have("match_http_over_sql"):
            met += match_http_over_sql.compare(units, serving, browsers, settled.request)
        if units == register_search.SIZE and parts.have("register_search"):
            met += register_search.compare(browsers, settled.officer)
        if units == stop_preview.SIZE and parts.have("stop"):
            met += stop_preview.compare(settled)
        return met


if __name__ == "__main__":
    named = Parts(sys.argv[1:])
    sys.exit(main(named, named.sizes or SIZES))
