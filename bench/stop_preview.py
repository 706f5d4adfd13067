"""A stop on five thousand open requests: its preview and its effect, over matching them all once.

The preview is what the page asks for, from the database to the counts; the effect is what the job
writes when the stop is decided, both with what PostgreSQL does for them. The match is given its
needs and its columns, and reads nothing.
"""

import time
from collections.abc import Callable, Iterator
from datetime import date
from itertools import count
from random import Random
from typing import Final

from django.db import connection, transaction
from django.db.models import Q

from bench import people, sample
from bench.report import note, report
from bench.server import processor_seconds
from placements.actions import carry_out_stop
from placements.domain.lifecycle import State
from placements.domain.values import Urgency
from placements.matching import Need, match_all
from placements.models import PlacementRequest
from placements.queries.open_needs import needs_of, open_requests
from placements.queries.stop_effects import stop_effects
from providers.diary import changing_register
from providers.domain.register import Register
from providers.models import CareUnit, CorporateGroup, Provider, Stop
from providers.queries import current_register
from providers.queries.stops import register_of, units_under
from providers.stop_previews import Asked, StopEffects
from spink.accounts import wall
from spink.accounts.access_log import Reading
from spink.accounts.domain.jobs import SystemJob
from spink.accounts.domain.reach import NOTHING
from spink.foundation import clock
from spink.foundation.actor import Actor
from spink.sample import bulk

SIZE: Final = 10_000
REQUESTS: Final = 5_000
ROUNDS: Final = 5
PREVIEW_GOALS: Final = {"provider_of_5": 0.1, "group_of_2_percent": 1.0}
EFFECT_GOALS: Final = {"provider_of_5": 1.0, "group_of_2_percent": 4.0}
UNITS: Final = {"provider_of_5": 5, "group_of_2_percent": SIZE // 50}
BY: Final = Actor.system("bench")
READING: Final = Reading(by=BY, route="bench")

_numbers = count(500_000)


def compare(settled: people.Settled) -> list[bool]:
    """All that is made for it is taken back."""
    met: list[bool] = []
    with transaction.atomic():
        _file(settled)
        with wall.opened_for_job(SystemJob.PREVIEW_STOP):
            needs = needs_of(open_requests(Q()))
        register = current_register()
        note(f"{len(needs)} open requests against {len(register.ids)} units")
        for name, size in UNITS.items():
            met += _measured(name, _owner(size), needs, register)
        transaction.set_rollback(True)
    return met


def _measured(
    name: str, on: Provider | CorporateGroup, needs: list[Need], register: Register
) -> list[bool]:
    units = units_under(on)

    def preview() -> StopEffects:
        asked = Asked("paused", clock.today(), None, register_of(units))
        return stop_effects(asked, NOTHING, READING)

    batch = _cost(lambda: match_all(needs, register))
    previewed = _cost(preview)
    written = _cost(lambda: _effect(on))
    touched = sum(one.touched for one in preview().by_place.values())
    note(
        f"{name}: {touched} touched; all matched {batch * 1e3:.0f} ms,"
        f" preview {previewed * 1e3:.0f} ms, effect {written * 1e3:.0f} ms"
    )
    ratios = {
        f"stop_preview_{name}": (previewed / batch, PREVIEW_GOALS[name]),
        f"stop_effect_{name}": (written / batch, EFFECT_GOALS[name]),
    }
    return [
        report(figure, ratio, "of a batch", goal, better="below")
        for figure, (ratio, goal) in ratios.items()
    ]


def _cost(work: Callable[[], object]) -> float:
    """Seconds of the processor: this process's and its PostgreSQL backend's."""
    work()
    begin = _had()
    for _ in range(ROUNDS):
        work()
    return (_had() - begin) / ROUNDS


def _had() -> float:
    backend = connection.connection.info.backend_pid
    return time.process_time() + processor_seconds([backend])[backend]


def _effect(on: Provider | CorporateGroup) -> None:
    """The stop as it is decided, and what the job writes of it; taken back."""
    with transaction.atomic():
        field = "provider" if isinstance(on, Provider) else "group"
        with changing_register(by=BY):
            stop = Stop.objects.create(
                kind="paused",
                valid_from=clock.today(),
                decided_at=clock.now(),
                decided_by=BY.label,
                **{field: on},
            )
        carry_out_stop(stop_id=stop.pk)
        transaction.set_rollback(True)


def _owner(size: int) -> Provider | CorporateGroup:
    """A provider of so many units, or where they are many a group of providers with two each."""
    chosen = Random(size).sample(list(CareUnit.objects.order_by("pk")), size)  # noqa: S311
    with changing_register(by=BY):
        if size == UNITS["provider_of_5"]:
            provider = Provider.objects.create(code="BENCH", name="Bench")
            _move(chosen, provider)
            return provider
        group = CorporateGroup.objects.create(code="BENCH", name="Bench")
        for number in range(0, size, 2):
            code = f"BENCH-{number}"
            provider = Provider.objects.create(code=code, name=code, group=group)
            _move(chosen[number : number + 2], provider)
        return group


def _move(units: list[CareUnit], provider: Provider) -> None:
    CareUnit.objects.filter(pk__in=[unit.pk for unit in units]).update(provider=provider)


def _file(settled: people.Settled) -> None:
    with wall.opened_for_job(SystemJob.LOAD_SAMPLE):
        rows = list(_requests(settled))
        bulk.insert_numbered(PlacementRequest, rows)


def _requests(settled: people.Settled) -> Iterator[PlacementRequest]:
    now, today = clock.now(), clock.today()
    for need in sample.needs(REQUESTS):
        near = need["near"]
        ahead = date.fromisoformat(need["wanted_start"]) - sample.INSTANT
        yield PlacementRequest(
            reference=f"2026-{next(_numbers)}",
            state=State.IN_PROGRESS,
            unit=settled.unit,
            department=settled.unit.department,
            municipality_id=need["municipality"],
            created_by=settled.filer,
            created_at=now,
            changed_at=now,
            person=settled.request.person,
            submitted_at=now,
            submitted_by=settled.filer,
            placement_function=settled.team.function,
            team=settled.team,
            assigned_to=settled.officer,
            assigned_at=now,
            due_at=now,
            urgency=Urgency.SOON,
            legal_basis="sol_2025",
            decision_date=today,
            service_type=need["service_type"],
            subtype=need["subtype"] or "",
            wanted_start=today + ahead,
            age=need["age"],
            gender=need["gender"] or "",
            drug_free=need["drug_free"],
            companions=need["companions"],
            needs_required=need["needs_required"],
            needs_wished=need["needs_wished"],
            near_label="Göteborg",
            near_latitude=near["lat"],
            near_longitude=near["lon"],
            within_km=near["within_km"],
            avoid_municipalities=need["not_in_municipalities"],
        )
