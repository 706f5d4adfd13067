from django.db import models
from django.utils.translation import gettext_lazy as _

from spink.catalogue.models.dated import Dated, DatedQuerySet, Named


class SpecialNeed(Named, Dated):
    code = models.SlugField(max_length=60, unique=True)
    position = models.PositiveSmallIntegerField(default=0)

    objects = DatedQuerySet["SpecialNeed"].as_manager()

    class Meta(Dated.Meta):
        verbose_name = _("special need")
        verbose_name_plural = _("special needs")
        ordering = ("position", "code")
