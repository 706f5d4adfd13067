"""Classes of retention (gallringsklasser). Nothing is disposed of by them yet."""

from datetime import date

from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from spink.catalogue.domain.retention import CountedFrom, Disposal, Term
from spink.catalogue.models.dated import Dated, DatedQuerySet, Named, in_language
from spink.catalogue.wording import DISPOSALS, term_said

DISPOSAL_CHOICES = [(disposal.value, said) for disposal, said in DISPOSALS.items()]


class CountedFroms(models.TextChoices):
    LAST_ENTRY = CountedFrom.LAST_ENTRY.value, _("The last entry in the person's file")
    REQUEST = CountedFrom.REQUEST.value, _("The request that it belongs to")
    WRITTEN = CountedFrom.WRITTEN.value, _("The day that the row was written")
    CLOSED = CountedFrom.CLOSED.value, _("The day that it was decided or closed")


class RetentionClass(Named):
    """What is kept equally long, and for which reason. `least` is what the law allows."""

    code = models.SlugField(max_length=60, unique=True)
    counted_from = models.CharField(max_length=20, choices=CountedFroms.choices)
    least_disposal = models.CharField(max_length=20, choices=DISPOSAL_CHOICES)
    least_years = models.PositiveSmallIntegerField(null=True, blank=True)
    basis_sv = models.TextField()
    basis_en = models.TextField(blank=True)
    verified_on = models.DateField(null=True, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("retention class")
        verbose_name_plural = _("retention classes")
        ordering = ("position", "code")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(least_disposal=Disposal.YEARS.value, least_years__gt=0)
                | (
                    ~models.Q(least_disposal=Disposal.YEARS.value)
                    & models.Q(least_years__isnull=True)
                ),
                name="least_years_where_counted",
            ),
        )

    @property
    def basis(self) -> str:
        return in_language(self.basis_sv, self.basis_en)

    @property
    def least(self) -> Term:
        return Term(Disposal(self.least_disposal), self.least_years)

    def term_on(self, day: date) -> "RetentionTerm | None":
        """From the rows at hand: lists read them all at once."""
        return next((term for term in self.terms.all() if term.holds_on(day)), None)


class RetentionTerm(Dated):
    """How long a class is kept, from a day and to a day. The database holds the lowest value."""

    retention_class = models.ForeignKey(
        RetentionClass, on_delete=models.PROTECT, related_name="terms"
    )
    disposal = models.CharField(max_length=20, choices=DISPOSAL_CHOICES)
    years = models.PositiveSmallIntegerField(
        null=True, blank=True, validators=[MaxValueValidator(200)]
    )

    objects = DatedQuerySet["RetentionTerm"].as_manager()

    class Meta(Dated.Meta):
        verbose_name = _("retention term")
        verbose_name_plural = _("retention terms")
        ordering = (models.F("valid_from").asc(nulls_first=True), "id")
        constraints = (
            *Dated.Meta.constraints,
            models.CheckConstraint(
                condition=models.Q(disposal=Disposal.YEARS.value, years__gt=0)
                | (~models.Q(disposal=Disposal.YEARS.value) & models.Q(years__isnull=True)),
                name="years_where_counted",
                violation_error_message=_(
                    "Give the number of years where they are counted, and only there."
                ),
            ),
        )

    def __str__(self) -> str:
        return f"{self.retention_class}: {term_said(self.term)}"

    @property
    def term(self) -> Term:
        return Term(Disposal(self.disposal), self.years)

    def holds_on(self, day: date) -> bool:
        begun = self.valid_from is None or self.valid_from <= day
        return begun and (self.valid_to is None or day <= self.valid_to)
