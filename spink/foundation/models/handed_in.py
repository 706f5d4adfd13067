from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from spink.foundation import clock
from spink.foundation.encryption import EncryptedTextField
from spink.foundation.files.states import FileState


class FileStates(models.TextChoices):
    CHECKING = FileState.CHECKING.value, _("Being checked")
    CLEAN = FileState.CLEAN.value, _("Checked")
    REFUSED = FileState.REFUSED.value, _("Refused")


class HandedInFile(models.Model):
    """A file that somebody has handed in. Given out only once it has been found clean.

    It lies in the vault as `stored_as`; nothing lies there of one that was refused.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    name = EncryptedTextField(_("name"), max_length=200)
    ending = models.CharField(max_length=10)
    size = models.PositiveIntegerField()
    state = models.CharField(max_length=20, choices=FileStates.choices, default=FileStates.CHECKING)
    refusal = models.CharField(max_length=20, blank=True)
    stored_as = models.CharField(max_length=32, blank=True)
    added_at = models.DateTimeField(default=clock.now)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    checked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True


CHECKED_AT = Q(state=FileState.CHECKING.value, checked_at__isnull=True) | ~Q(
    state=FileState.CHECKING.value
) & Q(checked_at__isnull=False)
"""When a file was checked, for the database to hold."""
