from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from spink.foundation import clock


class InformationRequest(models.Model):
    """The officer asks the social worker for more (komplettering), and the answer."""

    request = models.ForeignKey(
        "placements.PlacementRequest",
        on_delete=models.CASCADE,
        related_name="information_requests",
    )
    question = models.TextField(_("question"), max_length=4000)
    asked_at = models.DateTimeField(default=clock.now)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    answer = models.TextField(_("answer"), max_length=8000, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("request for information")
        verbose_name_plural = _("requests for information")
        ordering = ("asked_at", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("request",),
                condition=Q(answered_at__isnull=True),
                name="one_open_information_request",
            ),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, answered_by__isnull=True)
                | Q(answered_at__isnull=False, answered_by__isnull=False),
                name="information_answered_at_and_by",
            ),
        )

    def __str__(self) -> str:
        return f"information request {self.pk}"
