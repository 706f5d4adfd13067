"""The outbox: what must happen after a change is a row first, written with the change.

Handlers are registered by the apps, and a publisher (the task queue) is told after the commit.
A publisher may fail or lose what it was told: the sweep finds every row that is not handled.

An effect in the database happens once: its transaction also marks the event as handled. An effect
outside (a mail) happens at least once, and carries an id that is the same each time.
"""

import logging
import time
from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import TypeAlias
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from spink.foundation import clock
from spink.foundation.events import Event, EventName
from spink.foundation.failures import kind_and_place
from spink.foundation.models import OutboxEvent

Handler: TypeAlias = Callable[[OutboxEvent], None]
Publisher: TypeAlias = Callable[[UUID], None]

logger = logging.getLogger(__name__)

GRACE = timedelta(seconds=10)
"""How long the sweep leaves an event to those who were told of it, or who are trying it."""
QUICK_ATTEMPTS = 5
"""So many attempts wait no longer than that: a worker was killed, a server restarted."""
LONGEST_WAIT = timedelta(minutes=15)
SWEPT_AT_MOST = 10_000

_handlers: dict[EventName, list[Handler]] = {}
_publishers: list[Publisher] = []


def handles(*names: EventName) -> Callable[[Handler], Handler]:
    """Register a handler: it runs in the transaction that marks the event as handled."""

    def register(handler: Handler) -> Handler:
        for name in names:
            handlers = _handlers.setdefault(name, [])
            if handler not in handlers:
                handlers.append(handler)
        return handler

    return register


def publishes(publisher: Publisher) -> Publisher:
    """Name the one who is told of a new event after its commit."""
    _publishers[:] = [publisher]
    return publisher


def publish(event: Event) -> OutboxEvent:
    """Write the event; must be called in the transaction of the change that it tells of."""
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("an event is written in the transaction of its change")
    now = clock.now()
    row = OutboxEvent.objects.create(
        name=event.name, payload=event.payload, created_at=now, next_attempt_at=now + GRACE
    )
    transaction.on_commit(lambda: _tell(row.id))
    return row


def _tell(event_id: UUID) -> None:
    for publisher in _publishers:
        try:
            publisher(event_id)
        except Exception as error:
            # The change is committed and its row stays: the sweep takes over.
            logger.warning("outbox: publisher failed", extra={"error": type(error).__name__})


def handle(event_id: UUID) -> bool:
    """Carry out the event's effects. False if that is done or being done already, or has failed.

    The attempt is noted in a transaction of its own, so that an event which kills its worker
    waits like one that fails, and lets the others pass.
    """
    event = _begin_attempt(event_id)
    if event is None:
        return False
    try:
        return _carry_out(event_id)
    except Exception as error:
        _note_failure(event, error)
        return False


def _begin_attempt(event_id: UUID) -> OutboxEvent | None:
    with transaction.atomic():
        event = _locked(event_id)
        if event is not None:
            event.attempts += 1
            event.next_attempt_at = clock.now() + _wait_after(event.attempts)
            event.save(update_fields=["attempts", "next_attempt_at"])
    return event


def _carry_out(event_id: UUID) -> bool:
    with transaction.atomic():
        event = _locked(event_id)
        if event is None:
            return False
        for handler in _handlers.get(EventName(event.name), []):
            handler(event)
        event.handled_at = clock.now()
        event.last_error = ""
        event.save(update_fields=["handled_at", "last_error"])
    return True


def _locked(event_id: UUID) -> OutboxEvent | None:
    """The event, if it is to be handled and nobody else is at it."""
    free = OutboxEvent.objects.select_for_update(skip_locked=True)
    return free.filter(id=event_id, handled_at__isnull=True).first()


def _wait_after(attempts: int) -> timedelta:
    doubled: int = 1 << min(max(attempts - QUICK_ATTEMPTS, 0), 10)
    return min(GRACE * doubled, LONGEST_WAIT)


def _note_failure(event: OutboxEvent, error: Exception) -> None:
    noted = kind_and_place(error)
    logger.warning(
        "outbox: an event could not be handled",
        extra={"event_id": str(event.id), "event": event.name, "error": noted},
    )
    still_waiting = OutboxEvent.objects.filter(id=event.id, handled_at__isnull=True)
    still_waiting.update(last_error=noted)


def due() -> list[UUID]:
    """The events whose time has come although nobody has handled them, the longest due first."""
    waiting = OutboxEvent.objects.filter(handled_at__isnull=True, next_attempt_at__lte=clock.now())
    found = waiting.order_by("next_attempt_at").values_list("id", flat=True)
    return list(found[:SWEPT_AT_MOST])


def waiting_before(
    event: OutboxEvent, key: str, *, among: Iterable[EventName]
) -> list[OutboxEvent]:
    """Those of these names about the same thing (what stands under the key) that were written
    before the event and are not handled, the first first."""
    waiting = OutboxEvent.objects.filter(
        handled_at__isnull=True,
        name__in=[name.value for name in among],
        number__lt=event.number,
        **{f"payload__{key}": event.payload[key]},
    )
    return list(waiting.order_by("number"))


def sweep(*, seconds: float) -> int:
    """Handle what is due until all is tried or the time is up. The number that were handled."""
    deadline = time.monotonic() + seconds
    handled = 0
    for event_id in due():
        if time.monotonic() > deadline:
            break
        handled += handle(event_id)
    return handled


def stuck(*, longer_than: timedelta) -> QuerySet[OutboxEvent]:
    """Events that have failed, or have waited for so long that nobody can be sweeping."""
    late = Q(created_at__lt=clock.now() - longer_than) | ~Q(last_error="")
    return OutboxEvent.objects.filter(late, handled_at__isnull=True).order_by("created_at")
