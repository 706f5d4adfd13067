from typing import Any

from spink.accounts import wall
from spink.accounts.domain.jobs import SystemJob
from spink.accounts.models import ApiClient
from spink.foundation.actor import Actor
from spink.webhooks.actions import make_endpoint
from spink.webhooks.domain.types import SUBSCRIBED
from spink.webhooks.models import WebhookEndpoint


def endpoint(client: ApiClient, **given: Any) -> WebhookEndpoint:
    """One that is told of everything."""
    told: dict[str, Any] = {
        "url": "https://case.example/hook",
        "description": "",
        "event_types": SUBSCRIBED,
        "by": Actor.system("Drift"),
    }
    with wall.opened_for_job(SystemJob.ADMINISTER_WEBHOOKS):
        return make_endpoint(account_id=client.user_id, **(told | given))
