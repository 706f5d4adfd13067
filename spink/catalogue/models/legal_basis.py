from django.db import models
from django.utils.translation import gettext_lazy as _

from spink.catalogue.models.dated import Dated, DatedQuerySet, Named, Referring


class LegalBasis(Named, Referring, Dated):
    """A section of law on which a decision rests; a compulsory one lifts the need for consent."""

    code = models.SlugField(max_length=60, unique=True)
    law = models.CharField(max_length=40)
    section = models.CharField(max_length=40)
    is_compulsory = models.BooleanField(default=False)
    is_handled_here = models.BooleanField(default=True)
    verified_on = models.DateField(null=True, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    objects = DatedQuerySet["LegalBasis"].as_manager()

    class Meta(Dated.Meta):
        verbose_name = _("legal basis")
        verbose_name_plural = _("legal bases")
        ordering = ("position", "code")
