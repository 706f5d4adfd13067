from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from spink.foundation import clock


class Fact(models.TextChoices):
    """What of a unit the register may have wrong."""

    PLACES = "places", pgettext_lazy("fact of a unit", "Places")
    AGES = "ages", pgettext_lazy("fact of a unit", "Ages")
    NEEDS = "needs", pgettext_lazy("fact of a unit", "Needs that it meets")
    POSITION = "position", pgettext_lazy("fact of a unit", "Where it lies")


class CorrectionResult(models.TextChoices):
    CORRECTED = "corrected", _("Corrected")
    RIGHT_AS_IT_STANDS = "right_as_it_stands", _("Right as it stands")


class RegisterCorrection(models.Model):
    """A task for those who keep the register: a fact of a unit that its provider says is another.

    It holds nothing of whom it was found out for. Of one unit and fact one task is open at a time.
    """

    unit_code = models.CharField(max_length=60)
    unit_name = models.CharField(max_length=200)
    fact = models.CharField(max_length=20, choices=Fact.choices)
    confirmed_by = models.CharField(max_length=200)
    confirmed_on = models.DateField()
    raised_at = models.DateTimeField(default=clock.now)
    raised_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    result = models.CharField(max_length=20, choices=CorrectionResult.choices, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("correction of the register")
        verbose_name_plural = _("corrections of the register")
        ordering = ("-raised_at", "-id")
        indexes = (models.Index(fields=("done_at", "raised_at"), name="correction_by_age"),)
        constraints = (
            models.UniqueConstraint(
                fields=("unit_code", "fact"),
                condition=Q(result=""),
                name="correction_open_once",
            ),
            models.CheckConstraint(condition=Q(fact__in=Fact.values), name="correction_fact_known"),
            models.CheckConstraint(
                condition=Q(result="", done_at__isnull=True, done_by__isnull=True)
                | Q(
                    result__in=CorrectionResult.values,
                    done_at__isnull=False,
                    done_by__isnull=False,
                ),
                name="correction_done_at_and_by",
            ),
        )

    def __str__(self) -> str:
        return f"{self.unit_code}: {self.fact}"
