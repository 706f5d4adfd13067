from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from placements.models.choices import Sides
from spink.foundation import clock


class ReadMark(models.Model):
    """How far somebody of either side has read what is said on a request."""

    request = models.ForeignKey(
        "placements.PlacementRequest", on_delete=models.CASCADE, related_name="read_marks"
    )
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    side = models.CharField(max_length=20, choices=Sides.choices)
    read_to = models.BigIntegerField(help_text=_("The number of the last entry that was shown."))
    read_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("read mark")
        verbose_name_plural = _("read marks")
        constraints = (
            models.UniqueConstraint(fields=("request", "user"), name="one_read_mark_a_reader"),
        )

    def __str__(self) -> str:
        return f"read mark {self.pk}"
