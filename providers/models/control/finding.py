from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from providers.domain.control.facts import HAPPENINGS, Fact
from providers.models.control.choices import FindingState, Severity
from providers.models.control.source import MonitoringSource


class Finding(models.Model):
    """Something about a provider that somebody should look at: from a source, or noted by hand.

    Of what a source says to hold, `before` and `after` are the values; what has happened has a
    title, and perhaps a link and a day. The same thing is one finding as long as that one is open;
    something that happens once is one finding for ever.
    """

    provider = models.ForeignKey(
        "providers.Provider", on_delete=models.PROTECT, related_name="findings"
    )
    source = models.ForeignKey(
        MonitoringSource, on_delete=models.PROTECT, null=True, related_name="findings"
    )
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    fact = models.CharField(max_length=30)
    severity = models.CharField(max_length=12, choices=Severity.choices)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    title = models.CharField(max_length=300, blank=True)
    link = models.CharField(max_length=500, blank=True)
    day = models.DateField(null=True)
    fingerprint = models.CharField(max_length=64)
    found_at = models.DateTimeField()
    state = models.CharField(max_length=12, choices=FindingState.choices, default=FindingState.NEW)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="owned_findings",
    )
    watched_until = models.DateField(null=True, blank=True)
    told_of = models.DateField(null=True, blank=True)
    """The end of a watch that its owner has been told of."""
    reason_code = models.CharField(max_length=60, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("finding")
        verbose_name_plural = _("findings")
        indexes = (
            models.Index(fields=("state", "-found_at"), name="finding_inbox"),
            models.Index(fields=("provider", "-found_at"), name="finding_of_provider"),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("fingerprint",),
                condition=~Q(state=FindingState.DISMISSED)
                | Q(fact__in=sorted(fact.value for fact in HAPPENINGS)),
                name="finding_once",
            ),
            models.CheckConstraint(
                condition=Q(fact__in=[fact.value for fact in Fact]), name="finding_fact_known"
            ),
            models.CheckConstraint(
                condition=Q(state__in=FindingState.values), name="finding_state_known"
            ),
            models.CheckConstraint(
                condition=Q(source__isnull=True, noted_by__isnull=False)
                | Q(source__isnull=False, noted_by__isnull=True),
                name="finding_from_somewhere",
            ),
            models.CheckConstraint(
                condition=Q(state=FindingState.WATCHED, watched_until__isnull=False)
                | (~Q(state=FindingState.WATCHED) & Q(watched_until__isnull=True)),
                name="finding_watched_until",
            ),
            models.CheckConstraint(
                condition=(Q(state=FindingState.DISMISSED) & ~Q(reason_code=""))
                | (~Q(state=FindingState.DISMISSED) & Q(reason_code="")),
                name="finding_dismissed_for_a_reason",
            ),
        )

    def __str__(self) -> str:
        return f"{self.fact} {self.provider_id}"

    @property
    def reference(self) -> str:
        """As the access log names it."""
        return f"IA-{self.pk}"


class FindingEntry(models.Model):
    """A step that somebody took with a finding. Only added to."""

    finding = models.ForeignKey(Finding, on_delete=models.CASCADE, related_name="entries")
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    step = models.CharField(max_length=12)
    to = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    until = models.DateField(null=True)
    reason_code = models.CharField(max_length=60, blank=True)
    text = models.TextField(blank=True)

    class Meta:
        verbose_name = _("step with a finding")
        verbose_name_plural = _("steps with findings")
        ordering = ("at", "id")

    def __str__(self) -> str:
        return f"{self.finding_id} {self.step}"
