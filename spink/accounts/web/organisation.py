"""Municipalities, departments, units, placement functions, teams: as administrators keep them."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from spink.accounts.actions import ending
from spink.accounts.models import (
    Department,
    Municipality,
    PlacementFunction,
    PlacementTeam,
    TeamService,
    Unit,
)
from spink.accounts.web.keeping import Column, Kept, KeptForm
from spink.foundation.swedish import SwedishOrder
from spink.web.forms import offer

Choices = list[tuple[str, str]]
_services: list[Callable[[], Choices]] = []


def offer_services_with(services: Callable[[], Choices]) -> None:
    """Called by the catalogue: the services that teams take, by code."""
    _services[:] = [services]


def service_names() -> dict[str, str]:
    return dict(_services[0]()) if _services else {}


LAST_DAY_HELP = _("Leave empty until it is known. What has ended is kept, and chosen no more.")


class MunicipalityForm(KeptForm):
    fixed = ("code",)

    class Meta:
        model = Municipality
        fields = ("code", "name", "is_member")
        labels = {
            "code": _("Municipality code"),
            "name": _("Name"),
            "is_member": _("Shares the register and files requests"),
        }


class DepartmentForm(KeptForm):
    fixed = ("municipality",)

    class Meta:
        model = Department
        fields = ("municipality", "name", "short_name", "valid_to")
        labels = {
            "municipality": _("Municipality"),
            "name": _("Name"),
            "short_name": _("Short name"),
            "valid_to": _("Last day"),
        }
        help_texts = {"short_name": _("Used in lists."), "valid_to": LAST_DAY_HELP}


class UnitForm(KeptForm):
    class Meta:
        model = Unit
        fields = ("name", "valid_to")
        labels = {"name": _("Name"), "valid_to": _("Last day")}
        help_texts = {"valid_to": LAST_DAY_HELP}


class PlacementFunctionForm(KeptForm):
    fixed = ("municipality",)

    class Meta:
        model = PlacementFunction
        fields = ("municipality", "name")
        labels = {"municipality": _("Municipality"), "name": _("Name")}


class TeamForm(KeptForm):
    fixed = ("code",)

    class Meta:
        model = PlacementTeam
        fields = ("code", "name", "valid_to")
        labels = {"code": _("Code"), "name": _("Name"), "valid_to": _("Last day")}
        help_texts = {
            "code": _("Lower-case letters, figures and hyphens. It is never changed."),
            "valid_to": LAST_DAY_HELP,
        }


class TeamServiceForm(KeptForm):
    fixed = ("service_type",)

    service_type = forms.ChoiceField(label=_("Service"))

    class Meta:
        model = TeamService
        fields = ("service_type", "valid_from", "valid_to")
        labels = {"valid_from": _("Holds from"), "valid_to": _("Holds through")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "service_type" in self.fields:
            offer(self, "service_type", [("", _("Choose")), *service_names().items()])


def _service_name(row: TeamService) -> str:
    return service_names().get(row.service_type, row.service_type)


DEPARTMENTS = Kept(
    slug="departments",
    form=DepartmentForm,
    title=_("Departments and units"),
    new=_("New department"),
    empty=_("There are no departments yet."),
    about=_("The boards' administrations, between which secrecy holds, and their units."),
    columns=(
        Column(label=_("Short name"), value=lambda row: row.short_name),
        Column(label=_("Municipality"), value=lambda row: row.municipality.name),
    ),
    children=("units",),
    searched=("name", "short_name"),
    narrowed_by="municipality",
    order=(SwedishOrder("municipality__name"), SwedishOrder("name")),
    joined=("municipality",),
    check=ending.department_may_end,
    position=12,
)
UNITS = Kept(
    slug="units",
    form=UnitForm,
    title=_("Units"),
    new=_("New unit"),
    empty=_("The department has no units yet."),
    parent="department",
    order=(SwedishOrder("name"),),
    joined=("department",),
    check=ending.unit_may_end,
)
FUNCTIONS = Kept(
    slug="placement-functions",
    form=PlacementFunctionForm,
    title=_("Placement functions and teams"),
    new=_("New placement function"),
    empty=_("There are no placement functions yet."),
    about=_("Who handles the requests of each municipality, and which team takes which service."),
    columns=(Column(label=_("Municipality"), value=lambda row: row.municipality.name),),
    children=("teams",),
    searched=("name", "municipality__name"),
    order=(SwedishOrder("municipality__name"),),
    joined=("municipality",),
    position=14,
)
TEAMS = Kept(
    slug="teams",
    form=TeamForm,
    title=_("Teams"),
    new=_("New team"),
    empty=_("The placement function has no teams yet."),
    parent="function",
    children=("team-services",),
    order=(SwedishOrder("name"),),
    joined=("function",),
    check=ending.team_may_end,
)
TEAM_SERVICES = Kept(
    slug="team-services",
    form=TeamServiceForm,
    title=_("Services that the team takes"),
    new=_("New service for the team"),
    empty=_("The team takes no services yet."),
    parent="team",
    named=_service_name,
    order=("service_type", "valid_from"),
    joined=("team",),
    check=ending.service_is_taken_by_one_team,
)
MUNICIPALITIES = Kept(
    slug="municipalities",
    form=MunicipalityForm,
    title=_("Municipalities"),
    new=_("New municipality"),
    empty=_("There are no municipalities yet."),
    about=_("Those of the region, and which of them share the register."),
    columns=(
        Column(label=_("Municipality code"), value=lambda row: row.code),
        Column(label=_("Member"), value=lambda row: _("yes") if row.is_member else _("no")),
    ),
    searched=("name", "code"),
    order=(SwedishOrder("name"),),
    position=16,
)
ALL = (MUNICIPALITIES, DEPARTMENTS, UNITS, FUNCTIONS, TEAMS, TEAM_SERVICES)
