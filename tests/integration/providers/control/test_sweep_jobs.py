"""Sweeps as jobs on a real queue: what is sent holds ids alone, and the clock's jobs are noted."""

import json
from pathlib import Path

import pytest
import redis

from providers.models import Sweep
from providers.tasks import monitor_providers
from spink.celery import app
from spink.foundation.models import JobRun
from tests.factories.control import directly_procured
from tests.support.org_numbers import org_numbers
from tests.support.sources import Server
from tests.support.workers import Jobs, wait_until

pytestmark = [pytest.mark.redis, pytest.mark.django_db(transaction=True)]


def test_clocks_job_begins_a_sweep_that_workers_carry_to_its_end(
    monitored: Server, jobs: Jobs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    numbers = list(org_numbers(30))
    for number in numbers:
        directly_procured(number)
    settings = tmp_path / "sources.toml"
    told = {**monitored.settings, "private": "true"}
    lines = [f"{k} = {v if v == 'true' else json.dumps(v)}" for k, v in told.items()]
    settings.write_text("\n".join(["[bolagsverket]", *lines]), encoding="utf-8")
    monkeypatch.setenv("SOURCES_FILE", str(settings))
    with app.connection_for_write(jobs.broker) as connection:
        app.send_task(monitor_providers.name, connection=connection)
    broker = redis.from_url(jobs.broker)
    with jobs.worker():
        wait_until(lambda: Sweep.objects.filter(ended_at__isnull=False).exists())
    sent = b"".join(broker.lrange("celery", 0, -1))
    broker.close()
    sweep = Sweep.objects.get()
    assert (sweep.answered, sweep.unanswered) == (30, 0)
    assert [number for number in numbers if number.encode() in sent] == []
    run = JobRun.objects.get(task=monitor_providers.name)
    assert (run.failures, run.begun_at is None, run.ended_at is None) == (0, False, False)
