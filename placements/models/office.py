from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

DAYS_A_WEEK = 7
LONGEST_HOURS = 400
LONGEST_DAYS = 30


def _number(label: Any, most: int) -> "models.PositiveSmallIntegerField[int, int]":
    validators = [MinValueValidator(1), MaxValueValidator(most)]
    return models.PositiveSmallIntegerField(label, validators=validators)


def _week(label: Any) -> "ArrayField[list[Any], list[Any]]":
    """A time a weekday, Monday first; null is closed."""
    return ArrayField(models.TimeField(null=True), verbose_name=label, size=DAYS_A_WEEK)


class OfficeHours(models.Model):
    """How a municipality's placement function works from a day on, until the next row's day.

    A row whose day has passed is not changed any more, so that old due times can be explained.
    `version` grows with every change.
    """

    municipality = models.ForeignKey(
        "accounts.Municipality", on_delete=models.PROTECT, related_name="+"
    )
    valid_from = models.DateField(_("valid from"))
    version = models.PositiveIntegerField(default=1)
    acute_hours = _number(_("acute"), LONGEST_HOURS)
    soon_hours = _number(_("soon"), LONGEST_HOURS)
    planned_hours = _number(_("planned"), LONGEST_HOURS)
    feedback_days = _number(_("days to report back"), LONGEST_DAYS)
    opens = _week(_("opens"))
    closes = _week(_("closes"))
    jour_name = models.CharField(_("who answers out of hours"), max_length=120, blank=True)
    jour_phone = models.CharField(_("telephone out of hours"), max_length=40, blank=True)

    class Meta:
        verbose_name = _("office hours")
        verbose_name_plural = _("office hours")
        ordering = ("municipality", "valid_from")
        constraints = (
            models.UniqueConstraint(
                fields=("municipality", "valid_from"), name="office_hours_begin_once_a_day"
            ),
            models.CheckConstraint(
                condition=Q(opens__len=DAYS_A_WEEK, closes__len=DAYS_A_WEEK),
                name="office_hours_of_a_whole_week",
            ),
            models.CheckConstraint(
                condition=Q(acute_hours__gte=1, soon_hours__gte=1, planned_hours__gte=1),
                name="office_hours_are_hours",
            ),
        )

    def __str__(self) -> str:
        return f"{self.municipality_id} {self.valid_from}"


class ClosedDay(models.Model):
    """A day on which a placement function closes early, or, without a time, stays closed.

    For what is no holiday: half days before one, and days between two.
    """

    municipality = models.ForeignKey(
        "accounts.Municipality", on_delete=models.PROTECT, related_name="+"
    )
    day = models.DateField(_("day"))
    closes_at = models.TimeField(_("closes at"), null=True, blank=True)
    name = models.CharField(_("name"), max_length=80)

    class Meta:
        verbose_name = _("extra closed day")
        verbose_name_plural = _("extra closed days")
        ordering = ("municipality", "day")
        constraints = (
            models.UniqueConstraint(fields=("municipality", "day"), name="closed_day_once"),
        )

    def __str__(self) -> str:
        return f"{self.municipality_id} {self.day}"
