from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from spink.foundation import clock


class DelayReason(models.Model):
    """Why a decision is not carried out within three months, as it was said for a quarter.

    It holds for later quarters too, until another is given. `quarter_from` is its first day;
    `version` grows with every change.
    """

    request = models.ForeignKey(
        "placements.PlacementRequest", on_delete=models.CASCADE, related_name="delay_reasons"
    )
    quarter_from = models.DateField()
    version = models.PositiveIntegerField(default=1)
    reason = models.CharField(_("reason"), max_length=60)
    note = models.TextField(_("note"), blank=True, max_length=2000)
    given_at = models.DateTimeField(default=clock.now)
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("reason for a delay")
        verbose_name_plural = _("reasons for delays")
        constraints = (
            models.UniqueConstraint(
                fields=("request", "quarter_from"), name="delay_reason_once_a_quarter"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="delay_reason_is_a_reason"),
        )

    def __str__(self) -> str:
        return f"{self.request_id} {self.quarter_from}"
