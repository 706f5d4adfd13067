from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from placements.domain.attachments import MOST, AttachmentState
from placements.models.choices import AttachmentStates, Sides
from spink.foundation import clock
from spink.foundation.encryption import EncryptedTextField


class Attachment(models.Model):
    """A document on a request. Given out only once it has been found clean.

    Its file lies in the vault as `stored_as`; nothing lies there of one that was refused. One that
    is withdrawn is kept for as long as the request, and given out no more.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    request = models.ForeignKey(
        "placements.PlacementRequest", on_delete=models.CASCADE, related_name="attachments"
    )
    place = models.PositiveSmallIntegerField()
    name = EncryptedTextField(_("name"), max_length=200)
    ending = models.CharField(max_length=10)
    size = models.PositiveIntegerField()
    side = models.CharField(max_length=20, choices=Sides.choices)
    state = models.CharField(
        max_length=20, choices=AttachmentStates.choices, default=AttachmentStates.CHECKING
    )
    refusal = models.CharField(max_length=20, blank=True)
    stored_as = models.CharField(max_length=32, blank=True)
    added_at = models.DateTimeField(default=clock.now)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    checked_at = models.DateTimeField(null=True, blank=True)
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
                condition=Q(withdrawn_at__isnull=True) & ~Q(state=AttachmentState.REFUSED.value),
                name="one_document_a_place",
            ),
            models.CheckConstraint(
                condition=Q(place__gte=1, place__lte=MOST), name="so_many_documents_and_no_more"
            ),
            models.CheckConstraint(
                condition=Q(state=AttachmentState.REFUSED.value, stored_as="") & ~Q(refusal="")
                | ~Q(state=AttachmentState.REFUSED.value) & ~Q(stored_as="") & Q(refusal=""),
                name="refused_document_is_not_kept",
            ),
            models.CheckConstraint(
                condition=Q(state=AttachmentState.CHECKING.value, checked_at__isnull=True)
                | ~Q(state=AttachmentState.CHECKING.value) & Q(checked_at__isnull=False),
                name="document_checked_at",
            ),
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
        return self.state == AttachmentState.CHECKING and self.withdrawn_at is None

    @property
    def may_be_opened(self) -> bool:
        return self.state == AttachmentState.CLEAN and self.withdrawn_at is None
