"""The outbox where no Redis is set: the serving process hands out and handles its own events."""

import subprocess
import sys
from pathlib import Path

import pytest

from spink.foundation.models import OutboxEvent
from tests.support.events import published
from tests.support.workers import Jobs

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("no_handlers")]

SERVING = """
import django
django.setup()

from spink.jobs_in_process import jobs_in_process
from tests.support.events import published
from tests.support.workers import wait_until
from spink.foundation.models import OutboxEvent

with jobs_in_process():
    published()
    wait_until(lambda: not OutboxEvent.objects.filter(handled_at=None).exists())
"""


def test_event_is_handled_by_a_thread_and_what_was_left_over_is_swept(
    tmp_path: Path, checkout: Path, told: list[object]
) -> None:
    left_over = published()
    OutboxEvent.objects.update(next_attempt_at=left_over.created_at)

    command = [sys.executable, "-c", SERVING]
    subprocess.run(
        command, cwd=checkout, env=Jobs("", tmp_path).environment, check=True, timeout=60
    )

    handled = OutboxEvent.objects.filter(handled_at__isnull=False)
    assert sorted(event.attempts for event in handled) == [1, 1]
