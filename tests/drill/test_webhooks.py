"""Whoever sends webhooks dies again and again, and each message arrives, in its order."""

import os
import signal
import time
from collections import Counter
from contextlib import suppress

import pytest
from django.db import connection

from placements import actions
from placements.domain.lifecycle import Side
from placements.domain.values import Audience
from placements.models import PlacementRequest
from spink.accounts import wall
from spink.accounts.domain.jobs import SystemJob
from spink.webhooks.models import State, WebhookDelivery
from tests.drill.conftest import Report, Town
from tests.drill.delivery import TWO_MINUTES
from tests.drill.filing import file_request
from tests.drill.test_delivery import workers_of
from tests.factories import accounts as people
from tests.factories import webhooks
from tests.support.receivers import Receiver, receiving, slowly
from tests.support.workers import Jobs, wait_until

pytestmark = [pytest.mark.drill, pytest.mark.redis, pytest.mark.django_db(transaction=True)]

KILLS = 10
MESSAGES = 3
"""About each request."""
SENDS = """
    SELECT split_part(a.application_name, ' ', 2)::int FROM pg_stat_activity a
    JOIN pg_locks l ON l.pid = a.pid AND l.locktype = 'advisory' AND l.granted
    WHERE a.datname = current_database() AND a.application_name LIKE 'job %%'
"""


def whoever_sends() -> set[int]:
    with connection.cursor() as cursor:
        cursor.execute(SENDS)
        return {number for (number,) in cursor.fetchall()}


def file_and_write(town: Town) -> str:
    reference = file_request(town)
    with wall.opened_for(town.reach):
        request = PlacementRequest.objects.get(reference=reference)
    for _ in range(MESSAGES - 1):
        with wall.opened_for(town.reach):
            actions.write(
                request_id=request.pk,
                text="Hej",
                audience=Audience.BOTH,
                by=town.filer.actor,
                side=Side.FILING,
            )
    return reference


def kill_in_the_middle(receiver: Receiver, killed: set[int]) -> None:
    """While a message of its is on the way."""
    wait_until(lambda: receiver.at_once > 0 and bool(whoever_sends() - killed), seconds=TWO_MINUTES)
    for victim in whoever_sends() - killed:
        killed.add(victim)
        with suppress(ProcessLookupError):
            os.kill(victim, signal.SIGKILL)


def sent() -> list[tuple[str, str]]:
    """The request and the id of each message, as they were meant to come; none waits any more."""
    with wall.opened_for_job(SystemJob.ADMINISTER_WEBHOOKS):
        rows = WebhookDelivery.objects.order_by("number")
        assert {row.state for row in rows} <= {State.DELIVERED}
        return [(row.subject, str(row.message_id)) for row in rows]


def waiting() -> int:
    with wall.opened_for_job(SystemJob.ADMINISTER_WEBHOOKS):
        return WebhookDelivery.objects.filter(state=State.PENDING).count()


def test_courier_killed_while_messages_are_on_their_way(
    town: Town, jobs: Jobs, report: Report
) -> None:
    unit = town.filer.role_assignments.get().unit
    assert unit is not None
    with receiving() as receiver:
        receiver.usual = slowly(0.3)
        webhooks.endpoint(people.api_client(unit), url=receiver.url)
        killed: set[int] = set()
        with workers_of(jobs):
            filed = []
            for _ in range(KILLS):
                filed.append(file_and_write(town))
                kill_in_the_middle(receiver, killed)
            ended = time.monotonic()
            wait_until(lambda: waiting() == 0, seconds=TWO_MINUTES)
            settled = time.monotonic() - ended
        meant = sent()
        times = Counter(one.id for one in receiver.received)
        first = list(
            dict.fromkeys((one.json["data"]["reference"], one.id) for one in receiver.received)
        )
    report(
        kills=len(killed),
        messages=len(meant),
        sent_again=sum(times.values()) - len(times),
        seconds_to_settle=round(settled, 1),
    )
    assert len(killed) >= KILLS
    assert Counter(reference for reference, _ in meant) == dict.fromkeys(filed, MESSAGES)
    assert sorted(first, key=lambda one: filed.index(one[0])) == sorted(
        meant, key=lambda one: filed.index(one[0])
    )
    assert sum(times.values()) > len(times)
