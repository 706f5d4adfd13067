from typing import Any, ClassVar

from django.conf import settings
from rest_framework import serializers

from spink.web.api.strict import StrictSerializer
from spink.webhooks.domain.addresses import LONGEST, wrong_with
from spink.webhooks.domain.types import SUBSCRIBED
from spink.webhooks.models import Closed, Failure, State, WebhookDelivery, WebhookEndpoint
from spink.webhooks.wording import WRONG

ENDPOINTS = "/api/v1/webhook-endpoints"
DELIVERIES = "/api/v1/webhook-deliveries"
AN_ENDPOINT = "3f0c9a5b-e27d-4c7d-9d0c-8f6f2f0f2a11"
A_MESSAGE = "b1946ac9-2d2f-4e0b-8a53-9b6e0d0f5a3f"
A_SECRET = "whsec_5WbX5kEWLlfzsGNjH64I8lOOqUB6e8FH"  # noqa: S105 - of the standard's own examples


class NewEndpointSerializer(StrictSerializer):
    example: ClassVar[dict[str, Any]] = {
        "url": "https://verksamhetssystem.kommun.example/spink",
        "description": "Verksamhetssystemet",
        "event_types": ["placement_request.recommended", "placement_request.information_asked"],
    }

    url = serializers.CharField(max_length=LONGEST)
    description = serializers.CharField(
        max_length=200, required=False, default="", allow_blank=True
    )
    event_types = serializers.ListField(
        child=serializers.ChoiceField(choices=[one.value for one in SUBSCRIBED]),
        min_length=1,
        max_length=len(SUBSCRIBED),
    )

    def validate_url(self, url: str) -> str:
        wrong = wrong_with(
            url, ports=settings.WEBHOOK_PORTS, allows_loopback=settings.WEBHOOKS_TO_LOOPBACK
        )
        if wrong:
            raise serializers.ValidationError(str(WRONG[wrong]))
        return url


class ChangedEndpointSerializer(NewEndpointSerializer):
    """Only what is to be changed."""

    example: ClassVar[dict[str, Any]] = {"is_enabled": False}

    is_enabled = serializers.BooleanField(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.required = False
            if name == "description":
                field.default = serializers.empty


class EndpointSerializer(serializers.ModelSerializer[WebhookEndpoint]):
    example: ClassVar[dict[str, Any]] = {
        "id": AN_ENDPOINT,
        "href": f"{ENDPOINTS}/{AN_ENDPOINT}",
        "version": 1,
        "url": "https://verksamhetssystem.kommun.example/spink",
        "description": "Verksamhetssystemet",
        "event_types": ["placement_request.information_asked", "placement_request.recommended"],
        "is_enabled": True,
        "disabled_at": None,
        "disabled_by": None,
        "previous_secret_until": None,
        "pending": 0,
        "dead": 0,
        "created_at": "2025-03-03T08:00:00Z",
        "changed_at": "2025-03-03T08:00:00Z",
    }

    href = serializers.SerializerMethodField()
    url = serializers.CharField()
    is_enabled = serializers.BooleanField(source="is_open")
    disabled_at = serializers.DateTimeField(source="closed_at", allow_null=True)
    disabled_by = serializers.ChoiceField(
        source="closed_why", choices=Closed.values, allow_null=True
    )
    previous_secret_until = serializers.DateTimeField(source="previous_until", allow_null=True)
    pending = serializers.IntegerField(source="waiting", min_value=0)
    dead = serializers.IntegerField(min_value=0)

    class Meta:
        model = WebhookEndpoint
        fields: tuple[str, ...] = (
            "id",
            "href",
            "version",
            "url",
            "description",
            "event_types",
            "is_enabled",
            "disabled_at",
            "disabled_by",
            "previous_secret_until",
            "pending",
            "dead",
            "created_at",
            "changed_at",
        )

    def get_href(self, endpoint: WebhookEndpoint) -> str:
        return f"{ENDPOINTS}/{endpoint.pk}"

    def to_representation(self, endpoint: WebhookEndpoint) -> dict[str, Any]:
        told = super().to_representation(endpoint)
        return told | {"disabled_by": told["disabled_by"] or None}


class EndpointWithSecretSerializer(EndpointSerializer):
    """Answered when the secret is made, and never again."""

    example: ClassVar[dict[str, Any]] = EndpointSerializer.example | {"secret": A_SECRET}

    secret = serializers.CharField()

    class Meta(EndpointSerializer.Meta):
        fields = (*EndpointSerializer.Meta.fields, "secret")


class RotationSerializer(StrictSerializer):
    example: ClassVar[dict[str, Any]] = {"at_once": False}

    at_once = serializers.BooleanField(required=False, default=False)


class DeliverySerializer(serializers.ModelSerializer[WebhookDelivery]):
    example: ClassVar[dict[str, Any]] = {
        "id": A_MESSAGE,
        "href": f"{DELIVERIES}/{A_MESSAGE}",
        "endpoint": AN_ENDPOINT,
        "type": "placement_request.recommended",
        "reference": "2024-00042",
        "occurred_at": "2025-03-03T13:20:00Z",
        "state": "dead",
        "attempts": 10,
        "last_attempt_at": "2025-03-06T17:41:00Z",
        "last_status": 500,
        "last_failure": "status",
        "next_attempt_at": None,
        "ended_at": "2025-03-06T17:41:00Z",
    }

    id = serializers.UUIDField(source="message_id")
    href = serializers.SerializerMethodField()
    endpoint = serializers.UUIDField(source="endpoint_id")
    reference = serializers.CharField(source="subject", allow_null=True)
    state = serializers.ChoiceField(choices=State.values)
    last_failure = serializers.ChoiceField(choices=Failure.values, allow_null=True)
    next_attempt_at = serializers.DateTimeField(allow_null=True)

    class Meta:
        model = WebhookDelivery
        fields = (
            "id",
            "href",
            "endpoint",
            "type",
            "reference",
            "occurred_at",
            "state",
            "attempts",
            "last_attempt_at",
            "last_status",
            "last_failure",
            "next_attempt_at",
            "ended_at",
        )

    def get_href(self, delivery: WebhookDelivery) -> str:
        return f"{DELIVERIES}/{delivery.message_id}"

    def to_representation(self, delivery: WebhookDelivery) -> dict[str, Any]:
        told = super().to_representation(delivery)
        told |= {name: told[name] or None for name in ("reference", "last_failure")}
        return told if delivery.state == State.PENDING else told | {"next_attempt_at": None}
