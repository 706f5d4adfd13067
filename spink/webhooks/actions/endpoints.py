"""Endpoints: made, changed, given a new secret, shut off, removed. A secret is answered once."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from django.db import transaction

from spink.accounts.actions import lock_api_client
from spink.foundation import audit, clock
from spink.foundation.actor import Actor
from spink.webhooks.domain.addresses import receiver_of
from spink.webhooks.domain.types import MessageType
from spink.webhooks.models import Closed, Failure, State, WebhookDelivery, WebhookEndpoint
from spink.webhooks.signing import new_secret

OLD_SECRET_SIGNS: Final = timedelta(hours=24)
MOST_ENDPOINTS: Final = 20
"""Of one client."""


class Outdated(Exception):
    """Somebody else changed the endpoint since it was read; `current` is how it stands now."""

    def __init__(self, current: WebhookEndpoint) -> None:
        super().__init__(f"{current.pk} is at version {current.version}")
        self.current = current


class ClosedByAdministrator(Exception):
    """Its client can neither open nor remove it, nor have another at the same receiver."""


class TooMany(Exception):
    """The client has as many endpoints as it may have."""


@transaction.atomic
def make_endpoint(
    *, account_id: int, url: str, description: str, event_types: Iterable[MessageType], by: Actor
) -> WebhookEndpoint:
    """Its secret stands in it, and is not to be had again. The client is locked, so that calls
    beside each other make no more than it may have. Raises TooMany, ClosedByAdministrator."""
    lock_api_client(account_id=account_id)
    if WebhookEndpoint.objects.filter(account=account_id).count() >= MOST_ENDPOINTS:
        raise TooMany
    _check_receiver(account_id, url)
    endpoint = WebhookEndpoint.objects.create(
        account_id=account_id,
        url=url,
        description=description,
        event_types=_codes(event_types),
        secret=new_secret(),
    )
    _audit("make_webhook", endpoint, by)
    return endpoint


@transaction.atomic
def change_endpoint(
    *, endpoint_id: UUID, version: int, by: Actor, **values: Any
) -> WebhookEndpoint:
    """`values` are of `url`, `description`, `event_types` and `is_open`; of what is shut off
    nothing waits any more. Raises Outdated, ClosedByAdministrator."""
    endpoint = _locked(endpoint_id, version)
    wants_open = values.pop("is_open", endpoint.is_open)
    if "event_types" in values:
        values["event_types"] = _codes(values["event_types"])
    changed = sorted(name for name, value in values.items() if getattr(endpoint, name) != value)
    if "url" in changed:
        _check_stays(endpoint)
        _check_receiver(endpoint.account_id, values["url"])
    for name in changed:
        setattr(endpoint, name, values[name])
    if changed:
        _save(endpoint)
        _audit("change_webhook", endpoint, by, fields=changed)
    if endpoint.is_open and not wants_open:
        _close(endpoint, Closed.CLIENT, by)
    elif wants_open and not endpoint.is_open:
        _check_stays(endpoint)
        _open(endpoint, by)
    return endpoint


@transaction.atomic
def rotate_secret(*, endpoint_id: UUID, by: Actor, at_once: bool = False) -> WebhookEndpoint:
    """A new secret; the one before it signs beside it for a day, unless it is ended at once."""
    endpoint = _locked(endpoint_id, None)
    if at_once:
        endpoint.previous_secret, endpoint.previous_until = "", None
    else:
        endpoint.previous_secret = endpoint.secret
        endpoint.previous_until = clock.now() + OLD_SECRET_SIGNS
    endpoint.secret = new_secret()
    _save(endpoint)
    _audit("rotate_webhook_secret", endpoint, by, at_once=at_once)
    return endpoint


@transaction.atomic
def close_endpoint(*, endpoint_id: UUID, why: Closed, by: Actor) -> None:
    """Nothing more is sent to it; what waits is given up, and can be sent again."""
    endpoint = _locked(endpoint_id, None)
    if endpoint.is_open:
        _close(endpoint, why, by)


@transaction.atomic
def reopen_endpoint(*, endpoint_id: UUID, by: Actor) -> None:
    """Whoever shut it off. What was given up stays so until it is sent again."""
    endpoint = _locked(endpoint_id, None)
    if not endpoint.is_open:
        _open(endpoint, by)


@transaction.atomic
def remove_endpoint(*, endpoint_id: UUID, version: int, by: Actor) -> None:
    """With all that was sent to it. Raises Outdated, ClosedByAdministrator."""
    endpoint = _locked(endpoint_id, version)
    _check_stays(endpoint)
    _audit("remove_webhook", endpoint, by)
    endpoint.delete()


def _locked(endpoint_id: UUID, version: int | None) -> WebhookEndpoint:
    endpoint = WebhookEndpoint.objects.select_for_update().get(pk=endpoint_id)
    if version is not None and endpoint.version != version:
        raise Outdated(endpoint)
    return endpoint


def _check_stays(endpoint: WebhookEndpoint) -> None:
    if endpoint.closed_why == Closed.ADMINISTRATOR:
        raise ClosedByAdministrator


def _check_receiver(account_id: int, url: str) -> None:
    shut_off = WebhookEndpoint.objects.filter(account=account_id, closed_why=Closed.ADMINISTRATOR)
    if receiver_of(url) in {receiver_of(one.url) for one in shut_off}:
        raise ClosedByAdministrator


def _close(endpoint: WebhookEndpoint, why: Closed, by: Actor) -> None:
    now = clock.now()
    endpoint.closed_at, endpoint.closed_why = now, why
    _save(endpoint)
    waiting = WebhookDelivery.objects.filter(endpoint=endpoint, state=State.PENDING)
    waiting.update(state=State.DEAD, ended_at=now, sending_until=None, last_failure=Failure.CLOSED)
    _audit("close_webhook", endpoint, by, why=why.value)


def _open(endpoint: WebhookEndpoint, by: Actor) -> None:
    endpoint.closed_at, endpoint.closed_why = None, ""
    _save(endpoint)
    _audit("open_webhook", endpoint, by)


def _save(endpoint: WebhookEndpoint) -> None:
    endpoint.version += 1
    endpoint.changed_at = clock.now()
    endpoint.save()


def _codes(event_types: Iterable[MessageType]) -> list[str]:
    return sorted({MessageType(one).value for one in event_types})


def _audit(action: str, endpoint: WebhookEndpoint, by: Actor, **details: Any) -> None:
    audit.record(
        action=action,
        by=by,
        subject="webhook_endpoint",
        subject_id=str(endpoint.pk),
        details={"name": endpoint.shown_url, "event_types": endpoint.event_types} | details,
    )
