"""Real workers on a real broker: what is lost there is found in the outbox."""

from datetime import timedelta
from uuid import UUID

import pytest
import redis
from django.db import transaction

from spink.foundation import outbox, tasks
from spink.foundation.events import Event, EventName
from spink.foundation.models import AuditEntry, OutboxEvent
from tests.support.worker_handlers import EFFECT
from tests.support.workers import Jobs, kill, wait_until

pytestmark = [pytest.mark.redis, pytest.mark.django_db(transaction=True)]


def publish(manner: str = "") -> UUID:
    payload: dict[str, str | int | None] = {"request_id": 0, "reference": manner, "by_user_id": 1}
    with transaction.atomic():
        return outbox.publish(Event(EventName.RECOMMENDATION_WITHDRAWN, payload)).id


def handled() -> int:
    return OutboxEvent.objects.filter(handled_at__isnull=False).count()


def being_tried(event_id: UUID) -> bool:
    return OutboxEvent.objects.filter(id=event_id, attempts=1).exists()


def effects() -> list[UUID]:
    rows = AuditEntry.objects.filter(action=EFFECT)
    return sorted(UUID(row.subject_id) for row in rows)


def let_time_pass() -> None:
    """What waits for its next attempt is due."""
    for event in OutboxEvent.objects.all():
        event.next_attempt_at -= timedelta(hours=1)
        event.save(update_fields=["next_attempt_at"])


def test_worker_is_told_of_an_event_and_handles_it(jobs: Jobs) -> None:
    with jobs.worker():
        event_id = publish()
        wait_until(lambda: handled() == 1)

    assert effects() == [event_id]


def test_event_handed_to_two_workers_many_times_has_its_effect_once(jobs: Jobs) -> None:
    event_id = publish()
    for _ in range(20):
        tasks.tell_worker(event_id)
    last = publish()

    with jobs.worker(), jobs.worker():
        wait_until(lambda: handled() == 2)

    assert effects() == sorted([event_id, last])


def test_worker_killed_in_the_middle_leaves_no_effect_and_the_next_one_handles(jobs: Jobs) -> None:
    with jobs.worker() as worker:
        event_id = publish("slow")
        wait_until(lambda: being_tried(event_id))
        kill(worker)
    assert effects() == []

    let_time_pass()
    with jobs.worker():
        wait_until(lambda: handled() == 1)
    assert effects() == [event_id]


def test_broker_emptied_and_a_worker_started_sweeps_what_was_forgotten(jobs: Jobs) -> None:
    events = sorted(publish() for _ in range(10))
    redis.from_url(jobs.broker).flushall()
    let_time_pass()

    with jobs.worker():
        wait_until(lambda: handled() == 10)

    assert effects() == events


def test_event_that_fails_and_one_that_kills_let_the_others_pass(jobs: Jobs) -> None:
    poison, deadly = publish("poison"), publish("deadly")
    others = sorted(publish() for _ in range(3))

    with jobs.worker("--pool=prefork", "--concurrency=1"):
        wait_until(lambda: set(effects()) >= set(others))
        let_time_pass()
        tasks.sweep_outbox.apply_async()
        wait_until(lambda: handled() == 4)

    assert effects() == sorted([*others, deadly])
    left = OutboxEvent.objects.get(handled_at=None)
    assert left.id == poison
    assert left.last_error.startswith("LookupError in worker_handlers.py")
    assert "Åsa" not in (jobs.folder / "workers.log").read_text()
