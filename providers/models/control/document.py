from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from spink.foundation.files.states import FileState
from spink.foundation.models import CHECKED_AT, HandedInFile


class CheckDocument(HandedInFile):
    """A document that a check rests on, kept for as long as what the check is a part of.

    What courts have said may stand in it: the documents of such checks have the wall of offence
    data. Of one that was removed the file is gone, and the row tells who removed it, and why.
    """

    provider_check = models.ForeignKey(
        "providers.ProviderCheck", on_delete=models.CASCADE, related_name="documents"
    )
    removed_at = models.DateTimeField(null=True)
    removed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    removed_because = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = _("document of a check")
        verbose_name_plural = _("documents of checks")
        ordering = ("added_at", "id")
        constraints = (
            models.CheckConstraint(condition=CHECKED_AT, name="checkdocument_checked_at"),
            models.CheckConstraint(
                condition=Q(removed_at__isnull=True, removed_by__isnull=True, removed_because="")
                | Q(removed_at__gte=F("added_at"), removed_by__isnull=False)
                & ~Q(removed_because=""),
                name="checkdocument_removed_for_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(stored_as="", state=FileState.REFUSED.value) & ~Q(refusal="")
                | Q(stored_as="", removed_at__isnull=False)
                | ~Q(stored_as="") & Q(refusal="", removed_at__isnull=True),
                name="checkdocument_kept_while_it_stands",
            ),
        )

    def __str__(self) -> str:
        return f"document {self.pk}"

    @property
    def is_checking(self) -> bool:
        return self.state == FileState.CHECKING and self.removed_at is None

    @property
    def may_be_opened(self) -> bool:
        return self.state == FileState.CLEAN and self.removed_at is None
