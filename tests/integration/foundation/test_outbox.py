import threading
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import connection, transaction
from pytest_django import DjangoAssertNumQueries

from spink.foundation import clock, outbox
from spink.foundation.events import Event
from spink.foundation.models import OutboxEvent
from tests.support.events import SUBMITTED, after, effects, fail, leave_an_effect, published

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_handlers")]


@pytest.mark.django_db(transaction=True)
def test_publish_outside_a_transaction_is_refused(told: list[UUID]) -> None:
    event = Event(SUBMITTED, {"request_id": 1, "reference": "2025-00001", "by_user_id": 1})

    with pytest.raises(RuntimeError, match="in the transaction of its change"):
        outbox.publish(event)

    assert OutboxEvent.objects.count() == 0
    assert told == []


@pytest.mark.django_db(transaction=True)
def test_publish_in_a_transaction_that_fails_leaves_nothing_and_tells_nobody(
    told: list[UUID],
) -> None:
    with transaction.atomic():
        published()
        transaction.set_rollback(True)

    assert OutboxEvent.objects.count() == 0
    assert told == []


@pytest.mark.django_db(transaction=True)
def test_publish_tells_after_the_commit_and_not_before(told: list[UUID]) -> None:
    with transaction.atomic():
        event = published()
        assert told == []

    assert told == [event.id]


@pytest.mark.django_db(transaction=True)
def test_publish_with_a_publisher_that_fails_keeps_the_change_and_the_event(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def broken(event_id: UUID) -> None:
        raise ConnectionError

    monkeypatch.setattr(outbox, "_publishers", [broken])
    event = published()

    assert OutboxEvent.objects.get().id == event.id


def test_handle_carries_out_the_effects_once() -> None:
    outbox.handles(SUBMITTED)(leave_an_effect)
    event = published()

    assert [outbox.handle(event.id) for _ in range(3)] == [True, False, False]
    assert effects() == 1


def test_handle_of_an_event_that_nobody_listens_to_is_done_with_it() -> None:
    event = published()

    assert outbox.handle(event.id)
    assert outbox.due() == []


def test_handle_of_an_event_that_is_not_there_does_nothing() -> None:
    assert not outbox.handle(uuid4())


def test_handles_twice_registers_once() -> None:
    outbox.handles(SUBMITTED)(leave_an_effect)
    outbox.handles(SUBMITTED)(leave_an_effect)
    outbox.handle(published().id)

    assert effects() == 1


def test_handle_with_one_handler_failing_undoes_the_effects_of_all() -> None:
    outbox.handles(SUBMITTED)(leave_an_effect)
    outbox.handles(SUBMITTED)(fail)
    event = published()

    assert not outbox.handle(event.id)
    assert effects() == 0


def test_handle_that_fails_notes_kind_and_place_of_the_error_and_not_its_words() -> None:
    outbox.handles(SUBMITTED)(fail)
    event = published()
    outbox.handle(event.id)
    event.refresh_from_db()

    assert event.last_error.startswith("LookupError in events.py:")
    assert event.last_error.endswith(" fail")
    assert event.attempts == 1
    assert event.handled_at is None


def test_handle_that_fails_waits_longer_and_longer_but_never_for_long(
    frozen_clock: datetime,
) -> None:
    outbox.handles(SUBMITTED)(fail)
    event = published()
    waits = []
    for _ in range(13):
        outbox.handle(event.id)
        event.refresh_from_db()
        waits.append((event.next_attempt_at - frozen_clock).total_seconds())

    assert waits == [10, 10, 10, 10, 10, 20, 40, 80, 160, 320, 640, 900, 900]


def test_handle_of_an_event_with_a_name_of_a_later_version_fails_and_keeps_it() -> None:
    event = published()
    OutboxEvent.objects.filter(id=event.id).update(name="of_a_later_version")

    assert not outbox.handle(event.id)
    event.refresh_from_db()
    assert event.handled_at is None
    assert event.last_error.startswith("ValueError")


def test_handle_after_the_fault_is_mended_forgets_the_error(frozen_clock: datetime) -> None:
    outbox.handles(SUBMITTED)(fail)
    event = published()
    outbox.handle(event.id)
    outbox._handlers[SUBMITTED] = [leave_an_effect]

    assert outbox.handle(event.id)
    event.refresh_from_db()
    assert (event.last_error, event.attempts, event.handled_at) == ("", 2, frozen_clock)


def test_due_is_the_longest_due_first_and_nothing_in_its_grace(frozen_clock: datetime) -> None:
    first, second = published("first"), published("second")
    assert outbox.due() == []

    with clock.frozen(after(20, frozen_clock)):
        published("in its grace")
        assert outbox.due() == [first.id, second.id]


def test_sweep_passes_one_that_fails_and_handles_the_others(frozen_clock: datetime) -> None:
    def fail_on_first(event: OutboxEvent) -> None:
        if event.payload["reference"] == "first":
            fail(event)

    outbox.handles(SUBMITTED)(fail_on_first)
    outbox.handles(SUBMITTED)(leave_an_effect)
    first, *_ = published("first"), published(), published()

    with clock.frozen(after(20, frozen_clock)):
        assert outbox.sweep(seconds=10) == 2
        assert outbox.due() == []
    with clock.frozen(after(40, frozen_clock)):
        assert outbox.due() == [first.id]
    assert effects() == 2


def test_sweep_whose_time_is_up_leaves_the_rest(frozen_clock: datetime) -> None:
    published()
    with clock.frozen(after(20, frozen_clock)):
        assert outbox.sweep(seconds=-1) == 0
        assert len(outbox.due()) == 1


def test_stuck_is_what_failed_and_what_nobody_sweeps(frozen_clock: datetime) -> None:
    outbox.handles(SUBMITTED)(fail)
    old = published("old")
    with clock.frozen(after(121, frozen_clock)):
        failed, _fresh = published("failed"), published("fresh")
        outbox.handle(failed.id)
        stuck = outbox.stuck(longer_than=timedelta(minutes=2))

        assert [event.id for event in stuck] == [old.id, failed.id]


@pytest.mark.parametrize("handlers", [1, 3])
def test_handle_takes_as_many_queries_as_its_handlers(
    handlers: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(handlers):
        outbox._handlers.setdefault(SUBMITTED, []).append(leave_an_effect)
        assert len(outbox._handlers[SUBMITTED]) == number + 1
    event = published()

    # Twice a savepoint (2), a lock and a save; within, each handler's own.
    with django_assert_num_queries(8 + handlers):
        assert outbox.handle(event.id)


@pytest.mark.django_db(transaction=True)
def test_handle_in_many_threads_at_once_has_its_effects_once(told: list[UUID]) -> None:
    outbox.handles(SUBMITTED)(leave_an_effect)
    event = published()
    start = threading.Barrier(8)
    handled: list[bool] = []

    def race() -> None:
        start.wait()
        handled.append(outbox.handle(event.id))
        connection.close()

    threads = [threading.Thread(target=race) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(handled) == [False] * 7 + [True]
    assert effects() == 1
