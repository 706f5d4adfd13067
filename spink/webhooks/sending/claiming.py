"""Which messages are sent now, and what became of them. The rows decide, whoever sends.

An attempt is noted before it is made, in a transaction of its own: whoever dies over it has had it,
and after the lease somebody else tries again, under the same id.
"""

import json
import logging
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from django.conf import settings
from django.db import connection

from spink.accounts import wall
from spink.accounts.domain.jobs import SystemJob
from spink.foundation import clock
from spink.foundation.actor import Actor
from spink.webhooks.actions import close_endpoint
from spink.webhooks.domain.schedule import MOST_ATTEMPTS, wait_after
from spink.webhooks.models import Closed, Failure, State, WebhookDelivery
from spink.webhooks.sending.posting import Letter, Outcome
from spink.webhooks.signing import signed

logger = logging.getLogger(__name__)
JOB: Final = SystemJob.SEND_WEBHOOKS
BY: Final = Actor.system("webhooks")
LEASE: Final = timedelta(seconds=30)
"""Longer than an attempt: fifteen seconds, and the name's look-up."""
AT_ONE_ENDPOINT: Final = 4
"""At the same time, so that a slow one leaves room for the others."""
AT_ONE_CLIENT: Final = 10
"""However many endpoints it has: half of what is sent at once, so that others always go on."""

_DUE: Final = """
WITH head AS (
    SELECT DISTINCT ON (endpoint_id, subject, alone) id, endpoint_id, subject, next_attempt_at
    FROM webhooks_webhookdelivery, LATERAL (SELECT CASE subject WHEN '' THEN id END AS alone) ping
    WHERE state = 'pending'
    ORDER BY endpoint_id, subject, alone, number, id
), busy AS (
    SELECT endpoint_id, subject FROM webhooks_webhookdelivery
    WHERE state = 'pending' AND sending_until > %(now)s
), ranked AS (
    SELECT id, endpoint_id, next_attempt_at,
        row_number() OVER (PARTITION BY endpoint_id ORDER BY next_attempt_at, id)
        + (SELECT count(*) FROM busy b WHERE b.endpoint_id = head.endpoint_id) AS place
    FROM head
    WHERE next_attempt_at <= %(now)s
    AND NOT EXISTS (
        SELECT 1 FROM busy b
        WHERE b.endpoint_id = head.endpoint_id AND b.subject = head.subject AND b.subject <> ''
    )
), shared AS (
    SELECT r.id, r.next_attempt_at,
        row_number() OVER (PARTITION BY e.account_id ORDER BY r.next_attempt_at, r.id)
        + (
            SELECT count(*) FROM busy b JOIN webhooks_webhookendpoint o ON o.id = b.endpoint_id
            WHERE o.account_id = e.account_id
        ) AS place
    FROM ranked r JOIN webhooks_webhookendpoint e ON e.id = r.endpoint_id
    WHERE r.place <= %(at_one)s
)
SELECT id FROM shared WHERE place <= %(of_one)s ORDER BY next_attempt_at, id LIMIT %(most)s"""
"""The first of each request's messages, at each endpoint, whose time has come, and of each client
no more than its part; pings wait for nothing."""


def claimed(most: int) -> list[Letter]:
    """At most so many letters, each signed now and nobody else's for the length of the lease."""
    if most <= 0:
        return []
    with wall.opened_for_job(JOB):
        now = clock.now()
        rows = WebhookDelivery.objects.select_for_update(skip_locked=True, of=("self",))
        due = rows.filter(pk__in=_due(now, most), state=State.PENDING, next_attempt_at__lte=now)
        found = due.select_related("endpoint__account__api_client")
        return [_begun(one, now) for one in found if _can_be_sent(one, now)]


def _due(now: datetime, most: int) -> list[int]:
    given: dict[str, Any] = {
        "now": now,
        "most": most,
        "at_one": AT_ONE_ENDPOINT,
        "of_one": AT_ONE_CLIENT,
    }
    with connection.cursor() as cursor:
        cursor.execute(_DUE, given)
        return [pk for (pk,) in cursor.fetchall()]


def _can_be_sent(one: WebhookDelivery, now: datetime) -> bool:
    is_listening = one.endpoint.is_open and one.endpoint.account.api_client.ended_at is None
    if is_listening and one.attempts < MOST_ATTEMPTS:
        return True
    one.last_failure = Failure.INTERRUPTED if is_listening else Failure.CLOSED
    one.state, one.ended_at, one.sending_until = State.DEAD, now, None
    one.save()
    return False


def _begun(one: WebhookDelivery, now: datetime) -> Letter:
    one.attempts += 1
    one.last_attempt_at = now
    one.sending_until = one.next_attempt_at = now + LEASE
    one.save(update_fields=["attempts", "last_attempt_at", "sending_until", "next_attempt_at"])
    body = body_of(one)
    secrets = one.endpoint.secrets_at(now)
    return Letter(
        delivery_id=one.pk,
        attempts=one.attempts,
        url=one.endpoint.url,
        headers=signed(body, message_id=str(one.message_id), at=now, with_secrets=secrets),
        body=body,
        to_loopback=settings.WEBHOOKS_TO_LOOPBACK,
    )


def body_of(one: WebhookDelivery) -> str:
    """The same for every attempt."""
    data = {"href": f"{settings.SPINK_BASE_URL}{one.path}"}
    if one.subject:
        data = {"reference": one.subject} | data
    occurred = one.occurred_at.astimezone(UTC).isoformat().replace("+00:00", "Z")
    return json.dumps({"type": one.type, "timestamp": occurred, "data": data})


def settle(letter: Letter, outcome: Outcome) -> None:
    """Note how it went. What has arrived has arrived, whatever was noted meanwhile."""
    with wall.opened_for_job(JOB):
        row = WebhookDelivery.objects.filter(pk=letter.delivery_id)
        if outcome.failure is None:
            row.exclude(state=State.DELIVERED).update(
                state=State.DELIVERED, ended_at=clock.now(), **_noted(outcome)
            )
            return
        found = row.select_for_update().filter(state=State.PENDING, attempts=letter.attempts)
        one = found.first()
        if one is not None:
            _failed(one, outcome)


def _failed(one: WebhookDelivery, outcome: Outcome) -> None:
    now = clock.now()
    wait = wait_after(one.attempts, message=one.message_id, asked=outcome.wait)
    row = WebhookDelivery.objects.filter(pk=one.pk)
    if wait is None or outcome.failure is Failure.GONE:
        row.update(state=State.DEAD, ended_at=now, **_noted(outcome))
        told = {"message_id": str(one.message_id), "failure": outcome.failure}
        logger.warning("webhooks: a message was given up", extra=told)
    else:
        row.update(next_attempt_at=now + wait, **_noted(outcome))
    if outcome.failure is Failure.GONE:
        close_endpoint(endpoint_id=one.endpoint_id, why=Closed.GONE, by=BY)


def _noted(outcome: Outcome) -> dict[str, Any]:
    return {
        "sending_until": None,
        "last_status": outcome.status,
        "last_failure": outcome.failure or "",
    }
