from django.db import models
from django.utils.translation import gettext_lazy as _

from spink.catalogue.models.dated import Dated, DatedQuerySet, Named


class CheckedPart(models.TextChoices):
    """What of a request the system puts beside the question, so far as it knows it itself."""

    LADDER = "ladder", _("The ladder: rungs, and why one was passed")
    PRICE = "price", _("Prices, and how old they were")
    TIMELINE = "timeline", _("The timeline: steps, messages, silence")
    DIRECT_AWARD = "direct_award", _("Direct award: reason, and who was asked")


class CheckQuestion(Named, Dated):
    """A question of the self-check's list. A sample that is drawn keeps those of its day."""

    code = models.SlugField(max_length=60, unique=True)
    about = models.CharField(
        _("shown beside it"), max_length=20, choices=CheckedPart.choices, blank=True
    )
    position = models.PositiveSmallIntegerField(default=0)

    objects = DatedQuerySet["CheckQuestion"].as_manager()

    class Meta(Dated.Meta):
        verbose_name = _("question of the self-check")
        verbose_name_plural = _("questions of the self-check")
        ordering = ("position", "code")
