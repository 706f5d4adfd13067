"""The officers' work queue with ten thousand requests and with a hundred thousand.

Every twentieth is open; of these a third are the officer's own. Beside each reading of the queue
stands one of a page that has nothing to do with requests, so that what is compared is the queue and
not how busy the machine was in between.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import count
from typing import Any, Final

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench import people
from bench.report import note, report
from bench.server import Browser, interleaved
from placements.domain.lifecycle import State
from placements.models import PlacementRequest, ProviderInquiry
from spink.accounts import wall
from spink.accounts.domain.jobs import SystemJob
from spink.foundation import clock
from spink.sample import bulk

SIZES: Final = (10_000, 100_000)
GOAL: Final = 1.5
ROUNDS: Final = 60
OPEN_EVERY: Final = 20
BATCH: Final = 10_000
VIEWS: Final = {"mine": "/queue/?view=mine", "all": "/queue/?view=all"}
BESIDE: Final = "/accessibility/"

_numbers = count(200_000)


@dataclass(frozen=True, slots=True)
class Measured:
    seconds: dict[str, float]
    beside: float
    queries: dict[str, int]


def compare(settled: people.Settled, browsers: Sequence[Browser]) -> list[bool]:
    measured = []
    for size in SIZES:
        _fill(settled, size)
        measured.append(_measure(settled, browsers, size))
    few, many = measured
    met = []
    for view in VIEWS:
        ratio = (many.seconds[view] / many.beside) / (few.seconds[view] / few.beside)
        met.append(report(f"queue_page_{view}", ratio, "times as slow", GOAL, better="below"))
        met.append(
            report(
                f"queue_page_{view}_queries",
                many.queries[view],
                "queries",
                few.queries[view],
                better="below",
            )
        )
    return met


def _measure(settled: people.Settled, browsers: Sequence[Browser], size: int) -> Measured:
    def ask(address: str) -> Any:
        return lambda number: browsers[number % len(browsers)].get(address)

    works = [ask(BESIDE), *(ask(address) for address in VIEWS.values())]
    beside, *seconds = interleaved(*works, rounds=ROUNDS)
    by_view = dict(zip(VIEWS, seconds, strict=True))
    said = ", ".join(f"{view} {taken * 1e3:.1f} ms" for view, taken in by_view.items())
    note(f"{size} requests: the queue {said}; beside it {beside * 1e3:.1f} ms")
    return Measured(by_view, beside, {v: _count(settled, a) for v, a in VIEWS.items()})


def _count(settled: people.Settled, address: str) -> int:
    client = Client(SERVER_NAME="localhost")
    client.force_login(settled.officer, backend="django.contrib.auth.backends.ModelBackend")
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        client.get(address)
    return len(queries)


def _fill(settled: people.Settled, size: int) -> None:
    """As many requests as wanted, and for every tenth open one a question that waits."""
    with wall.opened_for_job(SystemJob.LOAD_SAMPLE):
        missing = size - PlacementRequest.objects.count()
        for start in range(0, missing, BATCH):
            rows = list(_requests(settled, min(BATCH, missing - start)))
            bulk.insert_numbered(PlacementRequest, rows)
            bulk.insert_numbered(ProviderInquiry, list(_inquiries(settled, rows)))
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE placements_placementrequest, placements_providerinquiry")


def _requests(settled: people.Settled, missing: int) -> Iterator[PlacementRequest]:
    now = clock.now()
    states = (State.SUBMITTED, State.IN_PROGRESS, State.AWAITING_INFORMATION, State.RECOMMENDED)
    for number in range(missing):
        is_open = number % OPEN_EVERY == 0
        turn = number // OPEN_EVERY
        state = states[turn % len(states)] if is_open else State.CLOSED
        is_mine = turn % 3 == 0 and state is not State.SUBMITTED
        sent = now - timedelta(minutes=number)
        yield PlacementRequest(
            reference=f"2026-{next(_numbers)}",
            state=state,
            unit=settled.unit,
            department=settled.unit.department,
            municipality=settled.unit.department.municipality,
            created_by=settled.filer,
            created_at=sent,
            changed_at=sent,
            person_id=settled.request.person_id,
            submitted_at=sent,
            submitted_by=settled.filer,
            placement_function=settled.team.function,
            team=settled.team,
            assigned_to=_owner(settled, state, is_mine=is_mine),
            assigned_at=None if state is State.SUBMITTED else sent,
            due_at=now + timedelta(minutes=number % 10_000 - 2_000),
            wanted_start=clock.today(),
            decision_date=clock.today(),
            urgency="soon",
            legal_basis="sol_2025",
            ended_at=None if is_open else now,
            ended_by=None if is_open else settled.filer,
            **people.NEED,
        )


def _owner(settled: people.Settled, state: State, *, is_mine: bool) -> Any:
    if state is State.SUBMITTED:
        return None
    return settled.officer if is_mine else settled.second_officer


def _inquiries(
    settled: people.Settled, rows: Sequence[PlacementRequest]
) -> Iterator[ProviderInquiry]:
    matched = [row for row in rows if row.state == State.IN_PROGRESS]
    for row in matched[::10]:
        yield ProviderInquiry(
            request=row, unit_code="U000001", unit_name="Verksamhet", asked_by=settled.officer
        )
