from django.db import models
from django.utils.translation import gettext_lazy as _

from spink.accounts.models.organisation import Municipality


class PlacementFunction(models.Model):
    """Those who match a municipality's requests: Spink for Göteborg, own officers elsewhere."""

    municipality = models.OneToOneField(
        Municipality, on_delete=models.PROTECT, related_name="placement_function"
    )
    name = models.CharField(_("name"), max_length=120)

    class Meta:
        verbose_name = _("placement function")
        verbose_name_plural = _("placement functions")

    def __str__(self) -> str:
        return self.name


class PlacementTeam(models.Model):
    function = models.ForeignKey(PlacementFunction, on_delete=models.PROTECT, related_name="teams")
    code = models.SlugField(max_length=40)
    name = models.CharField(_("name"), max_length=120)
    valid_to = models.DateField(_("last day"), null=True, blank=True)

    class Meta:
        verbose_name = _("placement team")
        verbose_name_plural = _("placement teams")
        ordering = ("name",)
        constraints = (models.UniqueConstraint(fields=("function", "code"), name="team_code_once"),)

    def __str__(self) -> str:
        return self.name


class TeamService(models.Model):
    """Which team takes which service (by the catalogue's code), from and to."""

    team = models.ForeignKey(PlacementTeam, on_delete=models.CASCADE, related_name="services")
    service_type = models.CharField(max_length=60)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = _("service of a team")
        verbose_name_plural = _("services of teams")
        constraints = (
            models.UniqueConstraint(
                fields=("team", "service_type", "valid_from"), name="team_service_once"
            ),
            models.CheckConstraint(
                condition=models.Q(valid_to__isnull=True)
                | models.Q(valid_to__gte=models.F("valid_from")),
                name="team_service_period_in_order",
            ),
        )

    def __str__(self) -> str:
        return f"{self.team}: {self.service_type}"
