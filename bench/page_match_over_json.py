"""The officer's match page against the JSON of the same match, both over HTTP."""

from collections.abc import Sequence
from typing import Final

from bench.report import note, report
from bench.server import Browser, interleaved
from placements.models import PlacementRequest

SIZES: Final = (700, 1_000)
GOAL: Final = 4
ROUNDS: Final = 80


def compare(units: int, browsers: Sequence[Browser], request: PlacementRequest) -> list[bool]:
    url = f"/requests/{request.reference}/match"
    page, outcome = interleaved(
        lambda number: browsers[number % len(browsers)].get(f"{url}/"),
        lambda number: browsers[number % len(browsers)].get(f"{url}.json"),
        rounds=ROUNDS,
    )
    note(f"{units} units: the match page {page * 1e3:.1f} ms, its JSON {outcome * 1e3:.1f} ms")
    name = f"page_match_over_json_{units}"
    return [report(name, page / outcome, "of the JSON's time", GOAL, better="below")]
