from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class MailChoice(models.Model):
    """How somebody wants to be told by mail. Without a row: at once."""

    class How(models.TextChoices):
        AT_ONCE = "at_once", _("At once, one mail for each thing")
        DAILY = "daily", _("Once a day, at seven on weekdays")
        NEVER = "never", _("No mail at all")

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    how = models.CharField(max_length=10, choices=How.choices, default=How.AT_ONCE)

    class Meta:
        verbose_name = _("choice of mail")
        verbose_name_plural = _("choices of mail")

    def __str__(self) -> str:
        return f"{self.user_id} {self.how}"


class MailDigest(models.Model):
    """The one mail of a day for somebody who wants no more: the database holds it to one."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    day = models.DateField()
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("daily mail")
        verbose_name_plural = _("daily mails")
        constraints = (models.UniqueConstraint(fields=("user", "day"), name="one_digest_a_day"),)

    def __str__(self) -> str:
        return f"daily mail {self.pk}"
