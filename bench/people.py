"""A social worker, a placement officer who can log in, and requests that wait for the officer."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from bench import sample
from placements.models import PlacementRequest
from spink.accounts.domain.roles import Role
from spink.accounts.models import PlacementFunction, PlacementTeam, Unit, User
from spink.foundation import clock
from tests.factories.accounts import UnitFactory, holding
from tests.factories.placements import PlacementRequestFactory

OFFICER: Final = "officer"
PASSWORD: Final = "of a database that is gone when the figures are there"  # noqa: S105 - it is

NEED: Final[dict[str, Any]] = {
    "service_type": "supported_social_housing",
    "subtype": "kortsiktigt lägenhet",
    "age": 34,
    "gender": "woman",
    "drug_free": True,
    "needs_required": ["sober_since", "neuropsychiatric"],
    "needs_wished": ["disability_or_ill_health", "criminality", "suicidal_acts"],
    "near_label": "Göteborg",
    "near_latitude": 57.70,
    "near_longitude": 11.97,
    "within_km": 40,
    "avoid_municipalities": ["1407"],
}
"""It asks much, and of the service that more than half of the units give."""


@dataclass(frozen=True, slots=True)
class Settled:
    filer: User
    officer: User
    second_officer: User
    unit: Unit
    team: PlacementTeam
    request: PlacementRequest


def settle() -> Settled:
    function = PlacementFunction.objects.get(municipality_id=sample.MEMBERS[0])
    team = PlacementTeam.objects.filter(function=function).order_by("code")[0]
    officer = holding(Role.PLACEMENT_OFFICER, team=team, username=OFFICER)
    officer.set_password(PASSWORD)
    officer.save()
    unit = UnitFactory(department__municipality=function.municipality)
    filer = holding(Role.SOCIAL_WORKER, unit=unit)
    colleague = holding(Role.PLACEMENT_OFFICER, team=team)
    return Settled(filer, officer, colleague, unit, team, file_request(filer, unit, team))


def file_request(filer: User, unit: Unit, team: PlacementTeam) -> PlacementRequest:
    """Sent, for a place in two weeks."""
    request: PlacementRequest = PlacementRequestFactory(
        submitted=True,
        unit=unit,
        created_by=filer,
        placement_function=team.function,
        team=team,
        wanted_start=clock.today() + timedelta(days=14),
        **NEED,
    )
    return request
