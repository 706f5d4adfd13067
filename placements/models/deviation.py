from uuid import uuid4

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from placements.models.choices import DeviationStates
from spink.foundation.encryption import EncryptedTextField


class ProcessDeviation(models.Model):
    """A remark on how the placing side has handled something (processavvikelse).

    Which request it is about, if any, is kept behind the wall of requests. `handlers` (users' ids)
    are those who had handled that request when it was filed: none of them reads or judges it.
    """

    key = models.UUIDField(unique=True, default=uuid4)
    """Given by the form, so that what is sent twice is filed once."""
    category = models.CharField(max_length=60)
    text = EncryptedTextField()
    team = models.ForeignKey(
        "accounts.PlacementTeam", on_delete=models.PROTECT, null=True, related_name="+"
    )
    has_request = models.BooleanField(default=False)
    handlers = ArrayField(models.BigIntegerField(), default=list)
    unit = models.ForeignKey("accounts.Unit", on_delete=models.PROTECT, null=True, related_name="+")
    """Of the filer: the remark is its matter. None for those who work in no unit: then it is the
    filer's own."""
    filed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    filed_at = models.DateTimeField()
    state = models.CharField(
        max_length=12, choices=DeviationStates.choices, default=DeviationStates.RECEIVED
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    outcome = models.CharField(max_length=60, blank=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    news_at = models.DateTimeField(null=True)
    """When it was last answered, until whoever filed it has looked."""
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("process deviation")
        verbose_name_plural = _("process deviations")
        indexes = (
            models.Index(fields=("state", "filed_at"), name="deviation_queue"),
            models.Index(fields=("unit", "-filed_at"), name="deviation_of_unit"),
            models.Index(fields=("filed_by", "-filed_at"), name="deviation_of_filer"),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(state__in=DeviationStates.values), name="deviation_state_known"
            ),
            models.CheckConstraint(
                condition=Q(state=DeviationStates.RECEIVED, owner__isnull=True)
                | (~Q(state=DeviationStates.RECEIVED) & Q(owner__isnull=False)),
                name="deviation_owned_from_the_first_step",
            ),
            models.CheckConstraint(
                condition=(
                    Q(
                        state=DeviationStates.CLOSED,
                        closed_at__isnull=False,
                        closed_by__isnull=False,
                    )
                    & ~Q(outcome="")
                )
                | (
                    ~Q(state=DeviationStates.CLOSED)
                    & Q(outcome="", closed_at__isnull=True, closed_by__isnull=True)
                ),
                name="deviation_closed_with_an_outcome",
            ),
            models.CheckConstraint(
                condition=Q(closed_by__isnull=True)
                | (~Q(closed_by=F("filed_by")) & ~Q(handlers__contains=[F("closed_by")])),
                name="deviation_closed_by_somebody_else",
            ),
        )

    def __str__(self) -> str:
        return self.reference

    @property
    def reference(self) -> str:
        """As the access log names it."""
        return f"PA-{self.pk}"


class ProcessDeviationEntry(models.Model):
    """A step that was taken with a process deviation. Only added to.

    What is internal is read by those who handle deviations, and not by whoever filed it.
    """

    deviation = models.ForeignKey(
        ProcessDeviation, on_delete=models.PROTECT, related_name="entries"
    )
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    step = models.CharField(max_length=20)
    to = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    code = models.CharField(max_length=60, blank=True)
    """The outcome, or the category that it was corrected to."""
    text = EncryptedTextField(blank=True)
    is_internal = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("step with a process deviation")
        verbose_name_plural = _("steps with process deviations")
        ordering = ("at", "id")

    def __str__(self) -> str:
        return f"{self.deviation_id} {self.step}"


class ProcessDeviationRequest(models.Model):
    """Which request a process deviation is about: seen by who sees both."""

    deviation = models.OneToOneField(ProcessDeviation, on_delete=models.PROTECT, related_name="+")
    request = models.ForeignKey(
        "placements.PlacementRequest", on_delete=models.CASCADE, related_name="deviations"
    )

    class Meta:
        verbose_name = _("request of a process deviation")
        verbose_name_plural = _("requests of process deviations")

    def __str__(self) -> str:
        return str(self.deviation_id)
