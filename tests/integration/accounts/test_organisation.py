"""Municipalities, departments and placement functions come from data, the same each time."""

import pytest

from spink.accounts import queries
from spink.accounts.actions import load_organisation
from spink.accounts.models import (
    Department,
    Municipality,
    PlacementFunction,
    PlacementTeam,
    TeamService,
    Unit,
)
from spink.catalogue.actions import load_catalogue
from spink.catalogue.queries import requestable_services
from spink.foundation import clock

pytestmark = pytest.mark.django_db

MEMBERS = {
    "Göteborg",
    "Ale",
    "Härryda",
    "Kungälv",
    "Lerum",
    "Mölndal",
    "Partille",
    "Stenungsund",
    "Tjörn",
    "Öckerö",
}


def counted() -> list[int]:
    models = (Municipality, Department, Unit, PlacementTeam, TeamService)
    return [model.objects.count() for model in models]


def test_organisation_loaded_twice_is_loaded_once() -> None:
    load_organisation()
    once = counted()
    load_organisation()
    assert counted() == once


def test_municipality_outside_the_region_is_said_to_be_so() -> None:
    load_organisation()
    names = queries.municipality_names(["1480", "2580", ""])
    assert names == {"1480": "Göteborg", "2580": "kommun utanför regionen (2580)"}


def test_organisation_has_thirteen_municipalities_of_which_ten_are_members() -> None:
    load_organisation()
    assert Municipality.objects.count() == 13
    members = Municipality.objects.filter(is_member=True).values_list("name", flat=True)
    assert set(members) == MEMBERS


def test_organisation_gives_every_member_departments_with_units() -> None:
    load_organisation()
    for municipality in Municipality.objects.filter(is_member=True):
        departments = municipality.departments.all()
        assert [department.units.count() > 0 for department in departments] == [
            True for _ in departments
        ]
        assert departments.count() >= 1
    assert Department.objects.filter(municipality_id="1480").count() == 5


def test_every_requested_service_is_taken_by_one_team_of_every_function() -> None:
    load_organisation()
    load_catalogue()
    services = {service.code for service in requestable_services(clock.today())}
    for municipality in Municipality.objects.filter(is_member=True):
        taken = TeamService.objects.filter(team__function__municipality=municipality)
        assert sorted(taken.values_list("service_type", flat=True)) == sorted(services)


def test_goteborg_has_spink_with_a_team_for_adults_and_one_for_children() -> None:
    load_organisation()
    spink = PlacementFunction.objects.get(municipality_id="1480")
    teams = {team.code: team.pk for team in spink.teams.all()}

    def receiver(service_type: str) -> tuple[int, int | None] | None:
        return queries.receiver_of(municipality_code="1480", service_type=service_type)

    assert spink.name == "Spink"
    assert receiver("short_term_housing") == (spink.pk, teams["vuxna"])
    assert receiver("foster_home") == (spink.pk, teams["barn-och-unga"])
    assert receiver("none_such") == (spink.pk, None)
    assert queries.receiver_of(municipality_code="0000", service_type="foster_home") is None
