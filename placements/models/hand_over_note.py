from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from spink.foundation import clock


class HandOverNote(models.Model):
    """What an officer tells the colleague who gets the request; it stands first until it is read.

    The timeline keeps the same words for all officers; this row is the receiver's mark.
    """

    request = models.ForeignKey(
        "placements.PlacementRequest", on_delete=models.CASCADE, related_name="hand_over_notes"
    )
    to = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    written_at = models.DateTimeField(default=clock.now)
    text = models.TextField(_("note"), max_length=4000)
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("note at a handover")
        verbose_name_plural = _("notes at handovers")
        ordering = ("written_at", "id")
        indexes = (
            models.Index(
                fields=("request", "to"),
                condition=Q(read_at__isnull=True),
                name="hand_over_note_unread",
            ),
        )
        constraints = (
            models.CheckConstraint(condition=~Q(text=""), name="hand_over_note_has_words"),
        )

    def __str__(self) -> str:
        return f"hand over note {self.pk}"
