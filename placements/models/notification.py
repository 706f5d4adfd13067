from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from spink.foundation import clock


class Notification(models.Model):
    """Somebody is told of an event: a mark in the pages and a mail. Once per event and person."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    event_id = models.UUIDField()
    event = models.CharField(max_length=80)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    request = models.ForeignKey("placements.PlacementRequest", on_delete=models.CASCADE)
    created_at = models.DateTimeField(default=clock.now)
    read_at = models.DateTimeField(null=True, blank=True)
    mailed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("notification")
        verbose_name_plural = _("notifications")
        ordering = ("-created_at", "id")
        indexes = (
            models.Index(
                fields=("user", "created_at"),
                condition=models.Q(read_at__isnull=True),
                name="notification_unread",
            ),
            models.Index(
                fields=("created_at",),
                condition=models.Q(mailed_at__isnull=True),
                name="notification_to_mail",
            ),
        )
        constraints = (models.UniqueConstraint(fields=("event_id", "user"), name="told_once"),)

    def __str__(self) -> str:
        return f"{self.event} {self.id}"
