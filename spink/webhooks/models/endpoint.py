from datetime import datetime
from uuid import uuid4

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from spink.foundation import clock
from spink.foundation.encryption import EncryptedTextField
from spink.webhooks.domain.addresses import shown


class Closed(models.TextChoices):
    """Who has shut an endpoint off."""

    CLIENT = "client", _("shut off by the client")
    GONE = "gone", _("the receiver answered that it is gone")
    ADMINISTRATOR = "administrator", _("shut off by an administrator")


class WebhookEndpoint(models.Model):
    """Where a client of the API is told what happens to its department's requests.

    The address may hold what is worth a password, and is kept encrypted as the secrets are. While a
    secret is being changed both sign.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="webhook_endpoints"
    )
    """The one that its client acts through."""
    url = EncryptedTextField(_("address"))
    description = models.CharField(_("description"), max_length=200, blank=True)
    event_types = ArrayField(models.CharField(max_length=60))
    """Values of `MessageType`."""
    secret = EncryptedTextField()
    previous_secret = EncryptedTextField(blank=True)
    previous_until = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_why = models.CharField(max_length=20, choices=Closed.choices, blank=True)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(default=clock.now)
    changed_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("webhook")
        verbose_name_plural = _("webhooks")
        ordering = ("created_at", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, closed_why="")
                | Q(closed_at__isnull=False) & ~Q(closed_why=""),
                name="webhook_endpoint_closed_and_why",
            ),
        )

    def __str__(self) -> str:
        return self.shown_url

    @property
    def shown_url(self) -> str:
        return shown(self.url)

    @property
    def is_open(self) -> bool:
        return self.closed_at is None

    def secrets_at(self, at: datetime) -> list[str]:
        """Those that sign now, the newest first."""
        is_changing = self.previous_until is not None and at < self.previous_until
        return [self.secret, self.previous_secret] if is_changing else [self.secret]
