from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from placements.models.choices import Audiences
from spink.foundation import clock


class TimelineEntry(models.Model):
    """A step or a message on a request, as its readers see it. Only ever added to.

    `kind` is a lifecycle step, or `note` and `message`, whose words are in `text`.
    `facts` hold what the sentence names: names of units, codes, dates.
    """

    request = models.ForeignKey(
        "placements.PlacementRequest", on_delete=models.CASCADE, related_name="timeline"
    )
    at = models.DateTimeField(default=clock.now)
    actor_kind = models.CharField(max_length=20)
    actor_id = models.CharField(max_length=80)
    actor_label = models.CharField(max_length=200)
    kind = models.CharField(max_length=40)
    audience = models.CharField(max_length=20, choices=Audiences.choices, default=Audiences.BOTH)
    facts = models.JSONField(default=dict, blank=True)
    text = models.TextField(blank=True, max_length=8000)

    class Meta:
        verbose_name = _("timeline entry")
        verbose_name_plural = _("timeline entries")
        ordering = ("at", "id")
        indexes = (models.Index(fields=("request", "at"), name="timeline_of_request"),)
        constraints = (
            models.CheckConstraint(
                condition=~Q(kind__in=["note", "message"]) | ~Q(text=""),
                name="words_are_not_empty",
            ),
        )

    def __str__(self) -> str:
        return f"{self.request_id} {self.kind}"
