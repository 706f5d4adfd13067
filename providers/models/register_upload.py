from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _


class UploadState(models.TextChoices):
    FAULTY = "faulty", _("Faults in the file")
    WAITING = "waiting", _("Waits for your confirmation")
    CONFIRMED = "confirmed", _("Is being imported")
    IMPORTED = "imported", _("Imported")
    OUTDATED = "outdated", _("The register was changed meanwhile")
    REFUSED = "refused", _("Could not be imported")


class RegisterUpload(models.Model):
    """A file that somebody uploaded to the register, until it is imported or its time is up.

    What was reviewed is what is imported: `content` never changes, and `number` is the register's
    when it was compared. The content is emptied as soon as it has served.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    by = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="+")
    filename = models.CharField(max_length=200)
    content = models.BinaryField()
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)
    number = models.BigIntegerField()
    review = models.JSONField()
    state = models.CharField(max_length=20, choices=UploadState.choices)
    imported_number = models.BigIntegerField(null=True)

    class Meta:
        verbose_name = _("uploaded register file")
        verbose_name_plural = _("uploaded register files")

    def __str__(self) -> str:
        return str(self.id)


class ImportProgress(models.Model):
    """How far an import has come, written on a connection of its own: what the import itself
    writes nobody sees before it is done."""

    upload = models.OneToOneField(
        RegisterUpload, on_delete=models.CASCADE, primary_key=True, related_name="progress"
    )
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("progress of an import")
        verbose_name_plural = _("progress of imports")

    def __str__(self) -> str:
        return f"{self.done} / {self.total}"
