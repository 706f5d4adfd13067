from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from placements.models.choices import Results
from placements.models.recommendation import FORMS
from spink.foundation import clock


class OutcomeFeedback(models.Model):
    """The social worker reports back (återkoppling): which unit was chosen, or none and why."""

    request = models.ForeignKey(
        "placements.PlacementRequest", on_delete=models.CASCADE, related_name="feedback"
    )
    result = models.CharField(max_length=20, choices=Results.choices)
    unit_code = models.CharField(max_length=120, blank=True)
    unit_name = models.CharField(max_length=200, blank=True)
    provision_form = models.CharField(max_length=20, choices=FORMS, blank=True)
    was_recommended = models.BooleanField(default=False)
    reason = models.CharField(_("reason"), max_length=60, blank=True)
    text = models.TextField(_("comment"), max_length=4000, blank=True)
    asks_new_match = models.BooleanField(default=False)
    reported_at = models.DateTimeField(default=clock.now)
    reported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("outcome feedback")
        verbose_name_plural = _("outcome feedback")
        ordering = ("reported_at", "id")
        constraints = (
            models.CheckConstraint(
                condition=(Q(result="chosen") & ~Q(unit_code="") & Q(asks_new_match=False))
                | Q(result="none_chosen", unit_code="") & ~Q(reason=""),
                name="feedback_names_unit_or_reason",
            ),
            models.CheckConstraint(
                condition=~Q(result="chosen") | Q(was_recommended=True) | ~Q(reason=""),
                name="other_unit_has_reason",
            ),
            models.UniqueConstraint(
                fields=("request",),
                condition=Q(asks_new_match=False),
                name="feedback_closes_once",
            ),
        )

    def __str__(self) -> str:
        return f"feedback {self.pk}"
