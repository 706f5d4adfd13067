from collections.abc import Callable, Iterator
from datetime import datetime
from uuid import uuid4

import pytest

from spink.accounts import wall
from spink.accounts.domain.jobs import SystemJob
from spink.accounts.models import ApiClient
from spink.foundation import clock
from spink.foundation.actor import Actor
from spink.webhooks import actions
from spink.webhooks.domain.types import SUBSCRIBED, MessageType
from spink.webhooks.models import WebhookDelivery, WebhookEndpoint
from spink.webhooks.sending import courier
from tests.factories import accounts as people
from tests.support.receivers import Receiver

BY = Actor.system("tests")
ADMINISTERED = SystemJob.ADMINISTER_WEBHOOKS
Told = Callable[..., WebhookDelivery]


@pytest.fixture
def client(db: None) -> ApiClient:
    return people.api_client(people.UnitFactory())


@pytest.fixture
def endpoint(client: ApiClient, receiver: Receiver) -> Iterator[WebhookEndpoint]:
    """The rows are looked at as those do who administer."""
    with wall.opened_for_job(ADMINISTERED):
        yield make_endpoint(client, receiver.url)


def make_endpoint(client: ApiClient, url: str, *types: MessageType) -> WebhookEndpoint:
    return actions.make_endpoint(
        account_id=client.user_id,
        url=url,
        description="",
        event_types=types or SUBSCRIBED,
        by=BY,
    )


@pytest.fixture
def tell(endpoint: WebhookEndpoint) -> Told:
    """A message about a request, written as the outbox's handlers write it."""
    numbers = iter(range(1, 10_000))

    def write(
        subject: str = "2025-00001",
        type: MessageType = MessageType.ASSIGNED,
        number: int | None = None,
    ) -> WebhookDelivery:
        event_id = uuid4()
        message = actions.Message(
            type=type,
            subject=subject,
            path=f"/api/v1/placement-requests/{subject}",
            event_id=event_id,
            number=next(numbers) if number is None else number,
            occurred_at=clock.now(),
        )
        actions.write_messages(message, account_ids=[endpoint.account_id])
        return WebhookDelivery.objects.get(event_id=event_id)

    return write


def carried(at: datetime | None = None) -> int:
    """What the courier does in one round, at the time given."""
    with clock.frozen(at or clock.now()):
        return courier.carry(seconds=5)


def again(one: WebhookDelivery) -> WebhookDelivery:
    with wall.opened_for_job(ADMINISTERED):
        return WebhookDelivery.objects.get(pk=one.pk)


def fresh(endpoint: WebhookEndpoint) -> WebhookEndpoint:
    with wall.opened_for_job(ADMINISTERED):
        return WebhookEndpoint.objects.get(pk=endpoint.pk)
