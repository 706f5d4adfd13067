from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from placements.models.choices import ProposalAnswers
from spink.foundation import clock


class ServiceProposal(models.Model):
    """The officer proposes another service than the one that was asked for, and the answer."""

    request = models.ForeignKey(
        "placements.PlacementRequest", on_delete=models.CASCADE, related_name="service_proposals"
    )
    service_type = models.CharField(_("service"), max_length=60)
    subtype = models.CharField(_("subtype"), max_length=80, blank=True)
    note = models.TextField(_("why"), max_length=4000)
    proposed_at = models.DateTimeField(default=clock.now)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    answer = models.CharField(max_length=20, choices=ProposalAnswers.choices, blank=True)
    reason = models.TextField(_("reason"), max_length=4000, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("proposal of another service")
        verbose_name_plural = _("proposals of another service")
        ordering = ("proposed_at", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("request",), condition=Q(answer=""), name="one_open_service_proposal"
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_at__isnull=True, answered_by__isnull=True)
                | ~Q(answer="") & Q(answered_at__isnull=False, answered_by__isnull=False),
                name="proposal_answered_at_and_by",
            ),
            models.CheckConstraint(
                condition=~Q(answer=ProposalAnswers.DECLINED.value) | ~Q(reason=""),
                name="declined_proposal_has_reason",
            ),
        )

    def __str__(self) -> str:
        return f"proposal {self.pk}"
