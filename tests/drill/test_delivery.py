"""Requests are filed while workers die and brokers forget, and everything arrives all the same."""

import os
import random
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import asdict

import pytest
import redis
from django.db import connection

from tests.drill.conftest import Report, Town
from tests.drill.delivery import TWO_MINUTES, delivery, handled, waiting
from tests.drill.filing import filing
from tests.support.workers import Jobs, kill, wait_until

pytestmark = [pytest.mark.drill, pytest.mark.redis, pytest.mark.django_db(transaction=True)]

KILLS = 200
WHOLE_WORKER_EVERY = 20
EFFECTS_BETWEEN_KILLS = 2
"""Or a busy machine would start nobody before the next is killed: an outage, and another drill."""
FORGOTTEN = 60
OPTIONS = ("--pool=prefork", "--concurrency=2")
BUSY = """
    SELECT split_part(application_name, ' ', 2)::int FROM pg_stat_activity
    WHERE datname = current_database() AND application_name LIKE 'job %' AND xact_start IS NOT NULL
"""


class Workers:
    """Two workers; those that are killed are started again, as a supervisor would."""

    def __init__(self, jobs: Jobs, stack: ExitStack) -> None:
        self._jobs = jobs
        self._stack = stack
        self._killed: set[int] = set()
        self._running = [self._start() for _ in range(2)]

    def _start(self) -> subprocess.Popen[bytes]:
        return self._stack.enter_context(self._jobs.worker(*OPTIONS))

    def kill_whole(self) -> None:
        victim = self._running.pop(0)
        kill(victim)
        self._running.append(self._start())

    def kill_one_in_the_middle(self) -> None:
        """A process that is in a transaction right now."""
        busy: set[int] = set()
        while not busy:
            time.sleep(random.uniform(0.1, 0.4))  # or only the first statements would be hit
            busy = busy_now() - self._killed
        victim = busy.pop()
        self._killed.add(victim)
        with suppress(ProcessLookupError):
            os.kill(victim, signal.SIGKILL)


def wait_for_effects(number: int) -> None:
    enough = handled() + number
    wait_until(lambda: handled() >= enough)


def busy_now() -> set[int]:
    with connection.cursor() as cursor:
        cursor.execute(BUSY)
        return {number for (number,) in cursor.fetchall()}


@contextmanager
def workers_of(jobs: Jobs) -> Iterator[Workers]:
    with ExitStack() as stack:
        stack.enter_context(jobs.beat())
        yield Workers(jobs, stack)


def test_workers_killed_while_requests_are_filed(
    town: Town, slow_jobs: Jobs, report: Report
) -> None:
    with workers_of(slow_jobs) as workers:
        with filing(town, pause=0.8) as load:
            for number in range(1, KILLS + 1):
                wait_for_effects(EFFECTS_BETWEEN_KILLS)
                if number % WHOLE_WORKER_EVERY == 0:
                    workers.kill_whole()
                else:
                    workers.kill_one_in_the_middle()
        ended = time.monotonic()
        wait_until(lambda: waiting() == 0, seconds=TWO_MINUTES)
        settled = time.monotonic() - ended
    found = delivery(load, slow_jobs)
    report(kills=KILLS, seconds_to_settle=round(settled, 1), **asdict(found))

    assert load.errors == []
    assert (found.lost, found.not_once, found.not_mailed) == (0, 0, 0)
    assert found.tried_again > KILLS / 4
    assert found.slowest < TWO_MINUTES


def test_broker_emptied_while_requests_are_filed(
    town: Town, slow_jobs: Jobs, report: Report
) -> None:
    broker = redis.from_url(slow_jobs.broker)
    with workers_of(slow_jobs):
        with filing(town, pause=0.2) as load:
            for _ in range(FORGOTTEN):
                time.sleep(random.uniform(0.2, 0.8))
                broker.flushall()
        ended = time.monotonic()
        wait_until(lambda: waiting() == 0, seconds=TWO_MINUTES)
        settled = time.monotonic() - ended
    broker.close()
    found = delivery(load, slow_jobs)
    report(emptied=FORGOTTEN, seconds_to_settle=round(settled, 1), **asdict(found))

    assert load.errors == []
    assert (found.lost, found.not_once, found.not_mailed) == (0, 0, 0)
    assert found.slowest < TWO_MINUTES
    assert found.swept > 0
    assert load.longest < 5
