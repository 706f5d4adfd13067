"""Fields and constraints that several tables of the register share."""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

MUNICIPALITY_CODE = RegexValidator(r"^[0-9]{4}\Z", _("A municipality's code has four digits."))


def municipality_code(verbose_name: Any, **options: Any) -> "models.CharField[str, str]":
    """An official code. No foreign key: units lie, and are run, outside the region too."""
    return models.CharField(
        verbose_name, max_length=4, blank=True, validators=[MUNICIPALITY_CODE], **options
    )


def codes(verbose_name: Any, *, max_length: int = 80) -> "ArrayField[list[str], list[str]]":
    """A set of codes, kept in the order in which they were given."""
    return ArrayField(
        models.CharField(max_length=max_length),
        verbose_name=verbose_name,
        default=list,
        blank=True,
    )


def kronor(verbose_name: Any) -> "models.DecimalField[Any, Any]":
    """Swedish kronor with at most two decimals."""
    return models.DecimalField(
        verbose_name,
        max_digits=12,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
    )


def in_order(first: str, last: str, name: str) -> models.CheckConstraint:
    """Open ends are null; a period or span does not end before it begins."""
    return models.CheckConstraint(
        condition=Q(**{f"{first}__isnull": True})
        | Q(**{f"{last}__isnull": True})
        | Q(**{f"{last}__gte": F(first)}),
        name=name,
        violation_error_message=_("It ends before it begins."),
    )


def not_negative(field: str, name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(**{f"{field}__isnull": True}) | Q(**{f"{field}__gte": 0}),
        name=name,
        violation_error_message=_("It cannot be less than nought."),
    )


def both_or_neither(at: str, by: str, name: str) -> models.CheckConstraint:
    """A time and who: one is not known without the other."""
    return models.CheckConstraint(
        condition=Q(**{f"{at}__isnull": True, by: ""})
        | (Q(**{f"{at}__isnull": False}) & ~Q(**{by: ""})),
        name=name,
        violation_error_message=_("The time and who belong together."),
    )


def four_digits(field: str, name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(**{field: ""}) | Q(**{f"{field}__regex": r"^[0-9]{4}$"}),
        name=name,
        violation_error_message=_("A municipality's code has four digits."),
    )
