from datetime import date
from typing import ClassVar, Self, TypeVar

from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

M = TypeVar("M", bound=models.Model)


class DatedQuerySet(models.QuerySet[M]):
    def on(self, day: date) -> Self:
        """Those that hold on the day; both ends are inclusive."""
        return self.filter(
            Q(valid_to__isnull=True) | Q(valid_to__gte=day),
            Q(valid_from__isnull=True) | Q(valid_from__lte=day),
        )


class Dated(models.Model):
    """Data that hold from and to: an open end is null, both ends are inclusive."""

    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_to = models.DateField(_("valid to"), null=True, blank=True)

    class Meta:
        abstract = True
        constraints: ClassVar[tuple[models.BaseConstraint, ...]] = (
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True)
                | Q(valid_from__isnull=True)
                | Q(valid_to__gte=models.F("valid_from")),
                name="%(class)s_period_in_order",
                violation_error_message=_("The period ends before it begins."),
            ),
        )


class Named(models.Model):
    """Named in Swedish, and in English where somebody has written it."""

    name_sv = models.CharField(_("name in Swedish"), max_length=160)
    name_en = models.CharField(_("name in English"), max_length=160, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return in_language(self.name_sv, self.name_en)


class Referring(models.Model):
    """Says where to turn when what it names is not handled here."""

    referral_sv = models.TextField(_("referral in Swedish"), blank=True)
    referral_en = models.TextField(_("referral in English"), blank=True)

    class Meta:
        abstract = True

    @property
    def referral(self) -> str:
        return in_language(self.referral_sv, self.referral_en)


def in_language(swedish: str, english: str) -> str:
    """In the reader's language; Swedish where nobody has written the English."""
    return english if english and _is_english() else swedish


def _is_english() -> bool:
    return (get_language() or "sv").startswith("en")
