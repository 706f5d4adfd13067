from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from placements.domain.attachments import MOST
from placements.models.choices import Sides
from spink.foundation.files.states import FileState
from spink.foundation.models import CHECKED_AT, HandedInFile


class Attachment(HandedInFile):
    """A document on a request. One that is withdrawn is kept for as long as the request, and given
    out no more."""

    request = models.ForeignKey(
        "placements.PlacementRequest", on_delete=models.CASCADE, related_name="attachments"
    )
    place = models.PositiveSmallIntegerField()
    side = models.CharField(max_length=20, choices=Sides.choices)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    withdrawal_reason = models.CharField(max_length=400, blank=True)

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        ordering = ("added_at", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("request", "place"),
                condition=Q(withdrawn_at__isnull=True) & ~Q(state=FileState.REFUSED.value),
                name="one_document_a_place",
            ),
            models.CheckConstraint(
                condition=Q(place__gte=1, place__lte=MOST), name="so_many_documents_and_no_more"
            ),
            models.CheckConstraint(
                condition=Q(state=FileState.REFUSED.value, stored_as="") & ~Q(refusal="")
                | ~Q(state=FileState.REFUSED.value) & ~Q(stored_as="") & Q(refusal=""),
                name="refused_document_is_not_kept",
            ),
            models.CheckConstraint(condition=CHECKED_AT, name="document_checked_at"),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True)
                & Q(withdrawal_reason="")
                | Q(withdrawn_at__gte=F("added_at"), withdrawn_by__isnull=False)
                & ~Q(withdrawal_reason=""),
                name="document_withdrawn_with_reason",
            ),
        )

    def __str__(self) -> str:
        return f"document {self.pk}"

    @property
    def is_checking(self) -> bool:
        return self.state == FileState.CHECKING and self.withdrawn_at is None

    @property
    def may_be_opened(self) -> bool:
        return self.state == FileState.CLEAN and self.withdrawn_at is None
