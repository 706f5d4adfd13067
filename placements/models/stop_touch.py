from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from placements.models.recommendation import FORMS
from spink.foundation import clock


def units(label: str) -> "ArrayField[list[str], list[str]]":
    return ArrayField(models.CharField(max_length=200), verbose_name=label, default=list)


class StopTouch(models.Model):
    """A stop took units from an open request: which, what its match had instead, and what became
    of the task that came of it.

    It stands until the stop is no longer in force for the request (`lifted_at`); the task is done
    (`settled_at`) with a new recommendation, or when somebody says that nothing is to be done.
    `picked` is the alternative that the social worker wants to go on with.
    """

    request = models.ForeignKey(
        "placements.PlacementRequest", on_delete=models.CASCADE, related_name="stop_touches"
    )
    stop = models.ForeignKey("providers.Stop", on_delete=models.CASCADE, related_name="+")
    unit_codes = units("codes")
    unit_names = units("names")
    withdrawn_codes = units("codes of units whose recommendation it withdrew")
    was_asked = models.BooleanField(default=False)
    alternative_code = models.CharField(max_length=120, blank=True)
    alternative_name = models.CharField(max_length=200, blank=True)
    alternative_form = models.CharField(max_length=20, choices=FORMS, blank=True)
    touched_at = models.DateTimeField(default=clock.now)
    lifted_at = models.DateTimeField(null=True, blank=True)
    picked_at = models.DateTimeField(null=True, blank=True)
    picked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("touch of a stop")
        verbose_name_plural = _("touches of a stop")
        ordering = ("touched_at", "id")
        constraints = (
            models.UniqueConstraint(fields=("request", "stop"), name="stop_touches_request_once"),
            models.CheckConstraint(condition=~Q(unit_codes=[]), name="stop_touches_with_some_unit"),
            models.CheckConstraint(
                condition=Q(picked_at__isnull=True, picked_by__isnull=True)
                | Q(picked_at__isnull=False, picked_by__isnull=False) & ~Q(alternative_code=""),
                name="stop_touch_picked_at_and_by",
            ),
        )
        indexes = (
            models.Index(
                fields=("request",), condition=Q(lifted_at=None), name="stop_touch_in_force"
            ),
        )

    def __str__(self) -> str:
        return f"{self.request_id}: {self.stop_id}"
