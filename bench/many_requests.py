"""Ten thousand requests and a hundred thousand, in two databases beside each other.

Every twentieth is open; of these a third are the officer's own, and every second person has two.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from itertools import count
from typing import Any, Final

from django.db import connection

from bench import people
from placements.domain.lifecycle import State
from placements.models import Person, PlacementRequest, ProviderInquiry
from spink.accounts import wall
from spink.accounts.domain.jobs import SystemJob
from spink.foundation import clock
from spink.sample import bulk

FEW: Final = 10_000
MANY: Final = 100_000
OPEN_EVERY: Final = 20
BATCH: Final = 10_000
COPY: Final = "with_many_requests"
"""The database that is made of the first, when that has its few."""

_numbers = count(200_000)


def fill(settled: people.Settled) -> None:
    """The few where we are, and the many in a copy of it."""
    _fill(settled, FEW)
    with connection._nodb_cursor() as cursor:
        connection.close()  # nobody may be at work in what is copied
        cursor.execute(f'CREATE DATABASE {COPY} TEMPLATE "{connection.settings_dict["NAME"]}"')
    with working_in(COPY):
        _fill(settled, MANY)


@contextmanager
def working_in(database: str) -> Iterator[None]:
    """This process's connection goes to another database of the same server."""
    before = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = database
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = before


def _fill(settled: people.Settled, size: int) -> None:
    """As many requests as wanted, and for every tenth open one a question that waits."""
    with wall.opened_for_job(SystemJob.LOAD_SAMPLE):
        missing = size - PlacementRequest.objects.count()
        for start in range(0, missing, BATCH):
            wanted = min(BATCH, missing - start)
            persons = [_person(settled) for _ in range(wanted * 2 // 3 + 1)]
            bulk.insert_numbered(Person, persons)
            rows = list(_requests(settled, persons, wanted))
            bulk.insert_numbered(PlacementRequest, rows)
            bulk.insert_numbered(ProviderInquiry, list(_inquiries(settled, rows)))
    with connection.cursor() as cursor:
        cursor.execute(
            "VACUUM ANALYZE placements_person, placements_placementrequest,"
            " placements_providerinquiry"
        )


def _person(settled: people.Settled) -> Person:
    return Person(unit=settled.unit, initials="A.L.", created_by=settled.filer)


def _requests(
    settled: people.Settled, persons: Sequence[Person], missing: int
) -> Iterator[PlacementRequest]:
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
            person=persons[number % len(persons)],
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
