from django.db import models
from django.utils.translation import gettext_lazy as _


class Municipality(models.Model):
    """A municipality of the region, by its official code. Which are members is data."""

    code = models.CharField(max_length=4, primary_key=True)
    name = models.CharField(_("name"), max_length=80, unique=True)
    is_member = models.BooleanField(_("member"), default=False)

    class Meta:
        verbose_name = _("municipality")
        verbose_name_plural = _("municipalities")
        ordering = ("name",)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(code__regex=r"^[0-9]{4}$"), name="municipality_code_four_digits"
            ),
        )

    def __str__(self) -> str:
        return self.name


class Department(models.Model):
    """A board's administration; the wall of secrecy stands between departments."""

    municipality = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, related_name="departments"
    )
    name = models.CharField(_("name"), max_length=120)
    short_name = models.CharField(_("short name"), max_length=40)
    valid_to = models.DateField(_("last day"), null=True, blank=True)

    class Meta:
        verbose_name = _("department")
        verbose_name_plural = _("departments")
        ordering = ("name",)
        constraints = (
            models.UniqueConstraint(fields=("municipality", "name"), name="department_name_once"),
        )

    def __str__(self) -> str:
        return self.name


class Unit(models.Model):
    """A unit (enhet) of social workers within a department. Not a care unit."""

    department = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="units")
    name = models.CharField(_("name"), max_length=120)
    valid_to = models.DateField(_("last day"), null=True, blank=True)

    class Meta:
        verbose_name = _("unit")
        verbose_name_plural = _("units")
        ordering = ("name",)
        constraints = (
            models.UniqueConstraint(fields=("department", "name"), name="unit_name_once"),
        )

    def __str__(self) -> str:
        return self.name
