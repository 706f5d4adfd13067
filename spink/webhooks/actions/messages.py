"""Messages: written as rows for whom they are, sent again by hand, forgotten after a while."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from spink.foundation import audit, clock
from spink.foundation.actor import Actor
from spink.webhooks import waking
from spink.webhooks.domain.types import MessageType
from spink.webhooks.models import State, WebhookDelivery, WebhookEndpoint

DELIVERED_KEPT: Final = timedelta(days=30)
DEAD_KEPT: Final = timedelta(days=90)
MOST_PINGS: Final = 5
"""Waiting for one endpoint: each is tried for days, and the courier looks through all of them."""


@dataclass(frozen=True, slots=True)
class Message:
    """What happened, where it can be read, and nothing about anybody."""

    type: MessageType
    subject: str
    path: str
    event_id: UUID
    number: int
    occurred_at: datetime


class IsClosed(Exception):
    """Nothing is sent to an endpoint that is shut off."""


class PingsWait(Exception):
    """As many pings as may wait for the endpoint wait for it already."""


class NotDead(Exception):
    """Only what was given up is sent again."""


@transaction.atomic
def write_messages(message: Message, *, account_ids: Collection[int]) -> None:
    """A row for each open endpoint of the accounts that wants to be told; of two that write the
    same, the second waits for the first and then writes nothing."""
    listening = WebhookEndpoint.objects.filter(
        account__in=account_ids,
        closed_at__isnull=True,
        event_types__contains=[message.type.value],
    )
    rows = [
        WebhookDelivery(
            endpoint=endpoint,
            event_id=message.event_id,
            number=message.number,
            type=message.type,
            subject=message.subject,
            path=message.path,
            occurred_at=message.occurred_at,
        )
        for endpoint in listening
    ]
    WebhookDelivery.objects.bulk_create(rows, ignore_conflicts=True)
    if rows:
        waking.wake()


@transaction.atomic
def ping(*, endpoint_id: UUID, path: str, by: Actor) -> WebhookDelivery:
    """A message that tells nothing, to try the endpoint. Raises IsClosed, PingsWait."""
    endpoint = WebhookEndpoint.objects.select_for_update().get(pk=endpoint_id)
    if not endpoint.is_open:
        raise IsClosed
    waiting = WebhookDelivery.objects.filter(endpoint=endpoint, state=State.PENDING)
    if waiting.filter(type=MessageType.PING).count() >= MOST_PINGS:
        raise PingsWait
    written = WebhookDelivery.objects.create(
        endpoint=endpoint, type=MessageType.PING, path=path, occurred_at=clock.now()
    )
    _audit("ping_webhook", endpoint, by)
    waking.wake()
    return written


@transaction.atomic
def replay(*, endpoint_id: UUID, message_id: UUID, by: Actor) -> WebhookDelivery:
    """What was given up is tried anew, under its own id and in its own place among the messages
    about the same request. Raises NotDead, IsClosed."""
    rows = WebhookDelivery.objects.select_for_update(of=("self",)).select_related("endpoint")
    found = rows.get(endpoint=endpoint_id, message_id=message_id)
    if found.state != State.DEAD:
        raise NotDead
    if not found.endpoint.is_open:
        raise IsClosed
    _try_anew(Q(pk=found.pk))
    _audit("replay_webhook", found.endpoint, by, messages=1)
    found.refresh_from_db()
    return found


@transaction.atomic
def replay_all(*, endpoint_id: UUID, by: Actor) -> int:
    """All that was given up for the endpoint; how many they are. Raises IsClosed."""
    endpoint = WebhookEndpoint.objects.select_for_update().get(pk=endpoint_id)
    if not endpoint.is_open:
        raise IsClosed
    count = _try_anew(Q(endpoint=endpoint))
    if count:
        _audit("replay_webhook", endpoint, by, messages=count)
    return count


@transaction.atomic
def forget_old_deliveries() -> None:
    now = clock.now()
    old = Q(state=State.DELIVERED, ended_at__lt=now - DELIVERED_KEPT) | Q(
        state=State.DEAD, ended_at__lt=now - DEAD_KEPT
    )
    WebhookDelivery.objects.filter(old).delete()


def _try_anew(which: Q) -> int:
    waking.wake()
    return WebhookDelivery.objects.filter(which, state=State.DEAD).update(
        state=State.PENDING, attempts=0, next_attempt_at=clock.now(), ended_at=None
    )


def _audit(action: str, endpoint: WebhookEndpoint, by: Actor, **details: int) -> None:
    audit.record(
        action=action,
        by=by,
        subject="webhook_endpoint",
        subject_id=str(endpoint.pk),
        details={"name": endpoint.shown_url} | details,
    )
