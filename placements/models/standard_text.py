from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from placements.domain.standard_texts import Purpose
from spink.foundation import clock


class Purposes(models.TextChoices):
    ASK_INFORMATION = Purpose.ASK_INFORMATION.value, _("Asking for information")
    RECOMMENDATION = Purpose.RECOMMENDATION.value, _("Message with a recommendation")
    HAND_OVER = Purpose.HAND_OVER.value, _("Note at a handover")
    MESSAGE = Purpose.MESSAGE.value, _("Message to the social worker")
    ASK_PROVIDER = Purpose.ASK_PROVIDER.value, _("Question to a provider")


class StandardText(models.Model):
    """A text that officers use again and again, for one purpose and perhaps one service."""

    purpose = models.CharField(_("purpose"), max_length=30, choices=Purposes.choices)
    service_type = models.CharField(_("service"), max_length=60, blank=True)
    name = models.CharField(_("name"), max_length=80)
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = _("standard text")
        verbose_name_plural = _("standard texts")
        ordering = ("purpose", "name", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("purpose", "service_type", "name"),
                condition=Q(ended_on__isnull=True),
                name="standard_text_name_once",
            ),
        )

    def __str__(self) -> str:
        return self.name


class StandardTextVersion(models.Model):
    """The words from a day on. Only ever added to: what was sent before keeps its own words."""

    text = models.ForeignKey(StandardText, on_delete=models.PROTECT, related_name="versions")
    body = models.TextField(_("text"), max_length=4000)
    valid_from = models.DateField(_("valid from"))
    saved_at = models.DateTimeField(default=clock.now)
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("version of a standard text")
        verbose_name_plural = _("versions of standard texts")
        ordering = ("-valid_from", "-id")

    def __str__(self) -> str:
        return f"{self.text_id} {self.valid_from}"
