from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from spink.foundation import clock
from spink.foundation.outward import Why


class State(models.TextChoices):
    PENDING = "pending", _("waiting")
    DELIVERED = "delivered", _("delivered")
    DEAD = "dead", _("given up")


class Failure(models.TextChoices):
    """Why the last attempt came to nothing; never what was answered."""

    STATUS = "status", _("answered with an error")
    REDIRECTED = "redirected", _("redirected, which is not followed")
    GONE = "gone", _("answered that it is gone")
    FORBIDDEN = Why.FORBIDDEN.value, _("leads to an address that may not be called")
    UNREACHABLE = Why.UNREACHABLE.value, _("cannot be reached")
    UNTRUSTED = Why.UNTRUSTED.value, _("has no certificate that holds")
    SLOW = Why.SLOW.value, _("did not answer in time")
    MALFORMED = Why.MALFORMED.value, _("answered what cannot be read")
    INTERRUPTED = "interrupted", _("interrupted on our side")
    CLOSED = "closed", _("shut off before it was sent")


class WebhookDelivery(models.Model):
    """One message on its way to one endpoint: a row first, so that none is lost.

    `number` is that of the event it tells of: of the messages about one request (`subject`) an
    endpoint is sent the lowest first, and the next when that one has arrived or is given up.
    """

    message_id = models.UUIDField(unique=True, default=uuid4, editable=False)
    """The same each time that it is sent."""
    endpoint = models.ForeignKey(
        "webhooks.WebhookEndpoint", on_delete=models.CASCADE, related_name="deliveries"
    )
    event_id = models.UUIDField(null=True, blank=True)
    number = models.BigIntegerField(default=0)
    type = models.CharField(max_length=60)
    subject = models.CharField(max_length=40, blank=True)
    """The request's reference; nothing for a ping."""
    path = models.CharField(max_length=200)
    """Where it can be read."""
    occurred_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.PENDING)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField(default=clock.now)
    sending_until = models.DateTimeField(null=True, blank=True)
    """Whoever sends it has it until then."""
    last_attempt_at = models.DateTimeField(null=True, blank=True)
    last_status = models.PositiveSmallIntegerField(null=True, blank=True)
    last_failure = models.CharField(max_length=20, choices=Failure.choices, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        ordering = ("-id",)
        constraints = (
            models.UniqueConstraint(
                fields=("event_id", "endpoint"), name="webhook_delivery_event_once"
            ),
            models.CheckConstraint(
                condition=Q(state="pending", ended_at__isnull=True)
                | Q(ended_at__isnull=False) & ~Q(state="pending"),
                name="webhook_delivery_ended_at",
            ),
        )
        indexes = (
            models.Index(
                fields=("endpoint", "subject", "number", "id"),
                condition=Q(state="pending"),
                name="webhook_waiting",
            ),
            models.Index(fields=("endpoint", "-id"), name="webhook_of_endpoint"),
            models.Index(fields=("endpoint",), condition=Q(state="dead"), name="webhook_given_up"),
        )

    def __str__(self) -> str:
        return f"{self.type} {self.message_id}"
