"""An event for tests, and handlers that leave an effect or fail."""

from datetime import datetime, timedelta

from django.db import transaction

from spink.foundation import audit, outbox
from spink.foundation.actor import Actor
from spink.foundation.events import Event, EventName
from spink.foundation.models import AuditEntry, OutboxEvent

SUBMITTED = EventName.REQUEST_SUBMITTED


def published(reference: str = "2025-00001") -> OutboxEvent:
    payload: dict[str, str | int | None] = {
        "request_id": 1,
        "reference": reference,
        "by_user_id": 1,
    }
    with transaction.atomic():
        return outbox.publish(Event(SUBMITTED, payload))


def leave_an_effect(event: OutboxEvent) -> None:
    audit.record(action="effect", by=Actor.system("tests"), subject="event", subject_id="1")


def fail(event: OutboxEvent) -> None:
    raise LookupError("Åsa Öberg was not found")


def effects() -> int:
    return AuditEntry.objects.filter(action="effect").count()


def after(seconds: float, of: datetime) -> datetime:
    return of + timedelta(seconds=seconds)
