"""The outbox: what must happen after a change is a row first, written with the change.

Handlers are registered by the apps, and a publisher (the task queue) is told after the commit.
A publisher may fail or lose what it was told: the sweep finds every row that is not handled.
"""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TypeAlias
from uuid import UUID

from django.db import transaction
from django.db.models import F

from spink.foundation import clock
from spink.foundation.events import Event, EventName
from spink.foundation.models import OutboxEvent

Handler: TypeAlias = Callable[[OutboxEvent], None]
Publisher: TypeAlias = Callable[[UUID], None]

logger = logging.getLogger(__name__)

GRACE = timedelta(seconds=20)
LONGEST_WAIT = timedelta(minutes=15)

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
    """Carry out an event's effects once. False if somebody else did, or is doing it now."""
    with transaction.atomic():
        row = (
            OutboxEvent.objects.select_for_update(skip_locked=True)
            .filter(id=event_id, handled_at__isnull=True)
            .first()
        )
        if row is None:
            return False
        for handler in _handlers.get(EventName(row.name), []):
            handler(row)
        row.handled_at = clock.now()
        row.save(update_fields=["handled_at"])
    return True


def waiting(*, limit: int, now: datetime | None = None) -> list[UUID]:
    """The oldest events that nobody has handled although their time has come."""
    due = OutboxEvent.objects.filter(
        handled_at__isnull=True, next_attempt_at__lte=now or clock.now()
    )
    return list(due.order_by("next_attempt_at").values_list("id", flat=True)[:limit])


def put_off(event_id: UUID, *, error: str) -> None:
    """Note a failed attempt (the error's class only) and wait twice as long before the next."""
    row = OutboxEvent.objects.filter(id=event_id, handled_at__isnull=True).first()
    if row is None:
        return
    wait = min(GRACE * 2 ** min(row.attempts, 10), LONGEST_WAIT)
    OutboxEvent.objects.filter(id=event_id, handled_at__isnull=True).update(
        attempts=F("attempts") + 1, next_attempt_at=clock.now() + wait, last_error=error[:200]
    )
