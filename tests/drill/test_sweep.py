"""A sweep of ten thousand providers whose workers are killed: all answered, nothing twice."""

import random
import time
from collections import Counter
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from providers.actions.control.sweeping import begin_sweep
from providers.diary import changing_register
from providers.models import (
    CareUnit,
    DirectAwardVetting,
    Finding,
    Provider,
    SourceAnswer,
    Sweep,
    SweepItem,
)
from providers.queries.control.sources import told_sources
from spink.foundation.actor import Actor
from tests.drill.conftest import Report
from tests.drill.test_delivery import Workers
from tests.support.org_numbers import org_numbers
from tests.support.sources import Server, as_json, organisation, serving
from tests.support.workers import Jobs, wait_until

pytestmark = [pytest.mark.drill, pytest.mark.redis, pytest.mark.django_db(transaction=True)]

PROVIDERS = 10_000
ILL_EVERY = 10
KILLS = 12
WHOLE_WORKER_EVERY = 4
MINUTES = 20


@dataclass(frozen=True)
class Swept:
    asked: int
    asked_again: int
    findings: int


def settle(server: Server) -> None:
    """Every tenth is going bankrupt."""
    long = "pagaendeAvvecklingsEllerOmstruktureringsforfarande"
    numbers = list(org_numbers(PROVIDERS))
    with changing_register(by=Actor.system("tests")):
        providers = Provider.objects.bulk_create(
            [
                Provider(code=f"P{n}", name=f"Utförare {n}", organisation_number=number)
                for n, number in enumerate(numbers)
            ]
        )
        units = CareUnit.objects.bulk_create(
            [CareUnit(code=f"U{one.pk}", name=one.name, provider=one) for one in providers]
        )
        DirectAwardVetting.objects.bulk_create([DirectAwardVetting(unit=one) for one in units])
    for number in numbers[::ILL_EVERY]:
        ill = organisation(number, **{long: {f"{long}Lista": [{"kod": "KK"}]}})
        server.says[number] = as_json({"organisationer": [ill]})


def settings_file(server: Server, folder: Path) -> Path:
    lines = [
        f"{name} = {str(value).lower() if isinstance(value, bool) else repr(value)}"
        for name, value in server.settings.items()
    ]
    path = folder / "sources.toml"
    path.write_text("[bolagsverket]\n" + "\n".join(lines), encoding="utf-8")
    return path


def test_workers_killed_in_a_sweep(
    jobs: Jobs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: Any, report: Report
) -> None:
    with serving() as server, ExitStack() as stack:
        settle(server)
        monkeypatch.setenv("SOURCES_FILE", str(settings_file(server, tmp_path)))
        settings.MONITORING_SOURCES = {"bolagsverket": server.settings}
        sweep = begin_sweep(told_sources()["bolagsverket"])
        assert sweep is not None
        begun = time.monotonic()
        stack.enter_context(jobs.beat())
        workers = Workers(jobs, stack)
        for number in range(1, KILLS + 1):
            done = answered(sweep)
            wait_until(lambda done=done: answered(sweep) > done, seconds=300)
            if number % WHOLE_WORKER_EVERY == 0:
                workers.kill_whole()
            else:
                time.sleep(random.uniform(0, 0.5))
                workers.kill_one_in_the_middle()
        wait_until(lambda: Sweep.objects.get().ended_at is not None, seconds=MINUTES * 60)
        asked = Counter(said.split()[-1] for said in server.asked if " " in said)
    found = Swept(len(asked), sum(asked.values()) - len(asked), Finding.objects.count())
    report(
        providers=PROVIDERS,
        kills=KILLS,
        seconds=round(time.monotonic() - begun),
        asked_again=found.asked_again,
        findings=found.findings,
    )

    sweep.refresh_from_db()
    assert (sweep.answered, sweep.unanswered) == (PROVIDERS, 0)
    assert found.asked == PROVIDERS
    assert found.findings == PROVIDERS // ILL_EVERY
    assert SourceAnswer.objects.count() == PROVIDERS
    assert SweepItem.objects.count() == 0
    assert found.asked_again > 0


def answered(sweep: Sweep) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM providers_sweepitem WHERE sweep_id = %s AND state <> 'waiting'",
            [sweep.pk],
        )
        return int(cursor.fetchone()[0])
