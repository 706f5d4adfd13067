from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from placements.models.choices import Answers
from placements.models.recommendation import FORMS
from spink.foundation import clock


class ProviderInquiry(models.Model):
    """A unit was asked whether it can take the person: when, and what it answered."""

    request = models.ForeignKey(
        "placements.PlacementRequest", on_delete=models.CASCADE, related_name="inquiries"
    )
    unit_code = models.CharField(max_length=120)
    unit_name = models.CharField(max_length=200)
    provision_form = models.CharField(max_length=20, choices=FORMS, blank=True)
    asked_at = models.DateTimeField(default=clock.now)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    answer = models.CharField(_("answer"), max_length=10, choices=Answers.choices, blank=True)
    refusal_reason = models.CharField(max_length=60, blank=True, default="", db_default="")
    place_from = models.DateField(_("place from"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=500, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answer_noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("question to a provider")
        verbose_name_plural = _("questions to providers")
        ordering = ("asked_at", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("request", "unit_code"),
                condition=Q(answer=""),
                name="unit_asked_once_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_at__isnull=True, answer_noted_by__isnull=True)
                | ~Q(answer="") & Q(answered_at__isnull=False, answer_noted_by__isnull=False),
                name="answered_at_and_by",
            ),
            models.CheckConstraint(
                condition=~Q(answer="later") | Q(place_from__isnull=False),
                name="later_place_has_its_day",
            ),
        )

    def __str__(self) -> str:
        return f"{self.request_id}: {self.unit_code}"
