from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from spink.foundation import clock


class AcutePlacement(models.Model):
    """A person was placed out of hours: where, when, and why the ordinary order could not be
    waited for. The match, the rung and the price stand in the recommendation that goes with it.
    """

    request = models.OneToOneField(
        "placements.PlacementRequest", on_delete=models.CASCADE, related_name="acute_placement"
    )
    unit_code = models.CharField(max_length=120)
    reason = models.CharField(_("reason"), max_length=60)
    placed_at = models.DateTimeField(_("placed at"))
    registered_at = models.DateTimeField(default=clock.now)
    registered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("placement out of hours")
        verbose_name_plural = _("placements out of hours")
        constraints = (
            models.CheckConstraint(
                condition=~Q(unit_code="") & ~Q(reason=""),
                name="acute_placement_says_where_and_why",
            ),
        )

    def __str__(self) -> str:
        return f"{self.request_id}: {self.unit_code}"
