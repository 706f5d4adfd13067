"""The messages that we send, each type described as what its receiver is asked."""

from typing import Any

from django.utils.translation import gettext as _

from spink.webhooks.domain.types import MessageType
from spink.webhooks.wording import TYPES

Schema = dict[str, Any]
TAG = "webhooks"
SCHEMA = "WebhookMessage"
ROOT = "https://spink.example/api/v1"
LINK = f"{ROOT}/placement-requests/2024-00042"
PINGED = f"{ROOT}/webhook-endpoints/3f0c9a5b-e27d-4c7d-9d0c-8f6f2f0f2a11"
A_MESSAGE = {
    "type": MessageType.RECOMMENDED.value,
    "timestamp": "2025-03-03T13:20:00Z",
    "data": {"reference": "2024-00042", "href": LINK},
}


def webhooks() -> Schema:
    return {one.value: {"post": _operation(one)} for one in MessageType}


def schema() -> Schema:
    data = {
        "type": "object",
        "properties": {
            "reference": {
                "type": "string",
                "description": _("The reference of the request; not in a ping."),
            },
            "href": {
                "type": "string",
                "format": "uri",
                "description": _("Where it can be read."),
            },
        },
        "required": ["href"],
        "description": _("Whom it is about is not told, only where to read."),
    }
    return {
        "type": "object",
        "description": _("What happened, to which request and where it can be read: no more."),
        "properties": {
            "type": {
                "type": "string",
                "enum": [one.value for one in MessageType],
                "description": _("What happened."),
            },
            "timestamp": {
                "type": "string",
                "format": "date-time",
                "description": _("When it happened."),
            },
            "data": data,
        },
        "required": ["type", "timestamp", "data"],
    }


def _operation(one: MessageType) -> Schema:
    return {
        "operationId": "on_" + one.value.replace(".", "_"),
        "summary": str(TYPES[one]),
        "tags": [TAG],
        "parameters": _headers(),
        "requestBody": {
            "required": True,
            "content": {
                "application/json": {
                    "schema": {"$ref": f"#/components/schemas/{SCHEMA}"},
                    "example": _example(one),
                }
            },
        },
        "responses": {
            "2XX": {"description": _("It has arrived.")},
            "410": {"description": _("Nothing more is sent: the webhook is shut off.")},
            "default": {
                "description": _(
                    "It is sent again, under the same id, for about three days; later messages"
                    " about the same request wait. Retry-After is heeded with 429 and 503, and no"
                    " redirect is followed."
                )
            },
        },
    }


def _headers() -> list[Schema]:
    told = {
        "webhook-id": (
            _("The same each time that the message is sent: what is known already is left."),
            {"type": "string", "format": "uuid"},
        ),
        "webhook-timestamp": (
            _("When it was sent, in seconds since 1970. Refuse what is older than five minutes."),
            {"type": "string", "pattern": "^[0-9]+$"},
        ),
        "webhook-signature": (
            _(
                "Of id, timestamp and body, with a dot between them: HMAC-SHA256 as Standard"
                " Webhooks has it. Several, with a space between, while a secret is changed; one"
                " that is right is enough."
            ),
            {"type": "string", "pattern": "^v1,[A-Za-z0-9+/=]+( v1,[A-Za-z0-9+/=]+)*$"},
        ),
    }
    return [
        {"name": name, "in": "header", "description": text, "required": True, "schema": schema}
        for name, (text, schema) in told.items()
    ]


def _example(one: MessageType) -> Schema:
    if one is MessageType.PING:
        return A_MESSAGE | {"type": one.value, "data": {"href": PINGED}}
    return A_MESSAGE | {"type": one.value}
