from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.utils.translation import gettext_lazy as _


class UnitSearch(models.Model):
    """The words by which a unit is found. Written by the database alone, whoever changes a row
    that they come from; it is no part of the register and not in its diary."""

    unit = models.OneToOneField(
        "providers.CareUnit",
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        primary_key=True,
        related_name="search",
    )
    document = SearchVectorField()

    class Meta:
        verbose_name = _("words of a care unit")
        verbose_name_plural = _("words of care units")
        indexes = (GinIndex(fields=("document",), name="unitsearch_words", fastupdate=False),)

    def __str__(self) -> str:
        return str(self.unit_id)
