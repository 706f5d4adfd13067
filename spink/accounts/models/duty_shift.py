from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class DutyShift(models.Model):
    """An out-of-hours worker's time on duty, during which the whole municipality is seen."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="duty_shifts"
    )
    municipality = models.ForeignKey("accounts.Municipality", on_delete=models.PROTECT)
    reason = models.CharField(_("reason"), max_length=200)
    started_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        verbose_name = _("duty shift")
        verbose_name_plural = _("duty shifts")
        indexes = (models.Index(fields=("user", "ends_at"), name="duty_user"),)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(ends_at__gte=models.F("started_at")),
                name="duty_shift_in_order",
            ),
            models.CheckConstraint(condition=~models.Q(reason=""), name="duty_shift_has_reason"),
            models.CheckConstraint(
                condition=models.Q(ends_at__lte=models.F("started_at") + timedelta(hours=16)),
                name="duty_shift_ends_within_16_hours",
            ),
        )

    def __str__(self) -> str:
        return f"{self.user} {self.started_at:%Y-%m-%d %H:%M}"
