from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from providers.models.control.source import MonitoringSource


class ItemState(models.TextChoices):
    WAITING = "waiting", _("Waits")
    ANSWERED = "answered", _("Answered")
    UNANSWERED = "unanswered", _("Not answered")


class Sweep(models.Model):
    """One round of a source over every provider in scope. A source has one at a time.

    How far it has come stands in its items; when it has ended they are gone, and the counts here
    tell how it went.
    """

    source = models.ForeignKey(MonitoringSource, on_delete=models.CASCADE, related_name="sweeps")
    begun_at = models.DateTimeField()
    gives_up_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    total = models.PositiveIntegerField()
    answered = models.PositiveIntegerField(default=0)
    unanswered = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("sweep")
        verbose_name_plural = _("sweeps")
        indexes = (models.Index(fields=("source", "-begun_at"), name="sweep_latest"),)
        constraints = (
            models.UniqueConstraint(
                fields=("source",), condition=Q(ended_at__isnull=True), name="sweep_one_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(total=F("answered") + F("unanswered")),
                name="sweep_ended_counts_all",
            ),
        )

    def __str__(self) -> str:
        return f"{self.source_id} {self.begun_at}"


class SweepItem(models.Model):
    """One provider of a sweep. Who works on it has its `claim`, until that has run out."""

    sweep = models.ForeignKey(Sweep, on_delete=models.CASCADE, related_name="items")
    provider = models.ForeignKey("providers.Provider", on_delete=models.CASCADE, related_name="+")
    state = models.CharField(max_length=12, choices=ItemState.choices, default=ItemState.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    claim = models.UUIDField(null=True)
    free_at = models.DateTimeField()
    """When it may be claimed: the end of a claim, or of a wait after a failure."""

    class Meta:
        verbose_name = _("provider of a sweep")
        verbose_name_plural = _("providers of a sweep")
        indexes = (
            models.Index(
                fields=("sweep", "free_at", "id"),
                condition=Q(state="waiting"),
                name="sweepitem_waiting",
            ),
        )
        constraints = (
            models.UniqueConstraint(fields=("sweep", "provider"), name="sweepitem_once"),
        )

    def __str__(self) -> str:
        return f"{self.sweep_id} {self.provider_id}"
