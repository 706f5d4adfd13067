from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from placements.domain.exceptions import EXCEPTED
from spink.catalogue.domain.ladder import ProvisionForm
from spink.foundation import clock

MAY_BE_EXCEPTED = [str(reason) for reason, kind in EXCEPTED.items() if kind]
FORMS = [(form.value, form.value) for form in ProvisionForm]


class Recommendation(models.Model):
    """What Spink recommended, with all that fixes the outcome it rests on.

    Need, register number, instant and version of the rules give the same outcome again, byte for
    byte; `outcome_digest` (SHA-256 of its canonical JSON, all excluded listed) proves it.
    """

    request = models.ForeignKey(
        "placements.PlacementRequest", on_delete=models.CASCADE, related_name="recommendations"
    )
    number = models.PositiveSmallIntegerField()
    sent_at = models.DateTimeField(default=clock.now)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    withdrawn_reason = models.CharField(max_length=60, blank=True, db_default="")
    message = models.TextField(_("message to the social worker"), blank=True, max_length=4000)
    skipped_rung_reason = models.CharField(max_length=60, blank=True)
    direct_award_reason = models.CharField(max_length=60, blank=True)

    need = models.JSONField()
    register_number = models.BigIntegerField()
    instant = models.DateField()
    rules_version = models.CharField(max_length=20)
    rungs = models.JSONField()
    outcome_digest = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("recommendation")
        verbose_name_plural = _("recommendations")
        ordering = ("request", "number")
        constraints = (
            models.UniqueConstraint(fields=("request", "number"), name="recommendation_number"),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=False) | Q(withdrawn_reason=""),
                name="recommendation_withdrawn_for_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(outcome_digest__regex=r"^[0-9a-f]{64}$"),
                name="recommendation_has_its_digest",
            ),
        )

    def __str__(self) -> str:
        return f"{self.request_id}/{self.number}"


class RecommendedUnit(models.Model):
    """A recommended unit as it stood when it was recommended: rung, why, price and its date."""

    recommendation = models.ForeignKey(
        Recommendation, on_delete=models.CASCADE, related_name="units"
    )
    position = models.PositiveSmallIntegerField()
    unit_code = models.CharField(max_length=120)
    unit_name = models.CharField(max_length=200)
    provider_name = models.CharField(max_length=200, blank=True)
    provision_form = models.CharField(max_length=20, choices=FORMS)
    rank = models.PositiveIntegerField(null=True, blank=True)
    rate = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    rate_unit = models.CharField(max_length=20, default="day")
    rate_from = models.DateField(null=True, blank=True)
    places_certain = models.BooleanField()
    wished_met = ArrayField(models.CharField(max_length=120), default=list, blank=True)
    distance_km = models.DecimalField(max_digits=7, decimal_places=1, null=True, blank=True)
    stopped_at = models.DateTimeField(null=True, blank=True)
    """Since when a stop has taken it back; others of the same recommendation may stand."""

    class Meta:
        verbose_name = _("recommended unit")
        verbose_name_plural = _("recommended units")
        ordering = ("recommendation", "position")
        constraints = (
            models.UniqueConstraint(
                fields=("recommendation", "position"), name="recommended_position_once"
            ),
            models.UniqueConstraint(
                fields=("recommendation", "unit_code"), name="recommended_unit_once"
            ),
        )
        indexes = (models.Index(fields=("unit_code",), name="recommended_unit_code"),)

    def __str__(self) -> str:
        return f"{self.recommendation_id}: {self.unit_code}"


class RecommendationException(models.Model):
    """Why an excluded unit was recommended all the same: beside the outcome, never in it.

    Kept before its unit: the database takes a recommended unit only if it stood on a rung of the
    kept outcome or has an exception here, and an exception only for reasons that may be excepted.
    """

    recommendation = models.ForeignKey(
        Recommendation, on_delete=models.CASCADE, related_name="exceptions"
    )
    unit_code = models.CharField(max_length=120)
    excluded_for = ArrayField(models.CharField(max_length=20))
    reason = models.CharField(max_length=60)
    note = models.CharField(_("note"), max_length=500)
    confirmed_by = models.CharField(max_length=200)
    confirmed_on = models.DateField()
    inquiry = models.ForeignKey(
        "placements.ProviderInquiry",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )

    class Meta:
        verbose_name = _("exception of a recommendation")
        verbose_name_plural = _("exceptions of a recommendation")
        ordering = ("recommendation", "unit_code")
        constraints = (
            models.UniqueConstraint(
                fields=("recommendation", "unit_code"), name="excepted_unit_once"
            ),
            models.CheckConstraint(
                condition=Q(excluded_for__contained_by=MAY_BE_EXCEPTED) & ~Q(excluded_for=[]),
                name="excepted_for_what_may_be",
            ),
            models.CheckConstraint(
                condition=~Q(reason="") & ~Q(note="") & ~Q(confirmed_by=""),
                name="exception_has_its_trace",
            ),
        )

    def __str__(self) -> str:
        return f"{self.recommendation_id}: {self.unit_code}"
