"""A small world: two municipalities, two departments, and four units on three rungs."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest

from placements import actions
from placements.domain.sections import Section
from placements.domain.values import NumberKind
from placements.models import PlacementRequest
from spink.accounts import queries as accounts
from spink.accounts import wall
from spink.accounts.domain.roles import Role
from spink.accounts.models import User
from spink.catalogue.actions import load_catalogue
from spink.foundation import clock
from spink.foundation.identity_numbers import person_number
from tests.conftest import MORNING
from tests.factories import accounts as people
from tests.factories import providers as register

START = date(2025, 3, 10)
TEST_NUMBER = "191500722390"
OWN, FRAMEWORK, CHEAPER, DIRECT = "U-own", "U-framework", "U-cheaper", "U-direct"


@dataclass(frozen=True)
class World:
    social_worker: User
    colleague: User
    other_department: User
    officer: User
    second_officer: User
    other_officer: User

    def behind_wall_of(self, user: User) -> AbstractContextManager[None]:
        return wall.opened_for(accounts.reach_of_user(user))


@pytest.fixture
def world(db: None) -> Iterator[World]:
    with clock.frozen(MORNING):
        load_catalogue()
        yield _people()


def _people() -> World:
    goteborg = people.MunicipalityFactory(code="1480", name="Göteborg", is_member=True)
    molndal = people.MunicipalityFactory(code="1481", name="Mölndal", is_member=True)
    disability = people.DepartmentFactory(municipality=goteborg, name="Funktionsstöd")
    centrum = people.DepartmentFactory(municipality=goteborg, name="Centrum")
    unit = people.UnitFactory(department=disability, name="Utredning 3")
    other_unit = people.UnitFactory(department=centrum, name="Vuxen 1")
    spink = people.PlacementFunctionFactory(municipality=goteborg, name="Spink")
    elsewhere = people.PlacementFunctionFactory(municipality=molndal, name="Mölndal")
    team = people.PlacementTeamFactory(function=spink, code="vuxna")
    people.TeamServiceFactory(team=team, service_type="short_term_housing")
    far_team = people.PlacementTeamFactory(function=elsewhere, code="alla")
    return World(
        social_worker=people.holding(Role.SOCIAL_WORKER, unit=unit, first_name="Johan"),
        colleague=people.holding(Role.SOCIAL_WORKER, unit=unit, first_name="Kim"),
        other_department=people.holding(Role.SOCIAL_WORKER, unit=other_unit),
        officer=people.holding(Role.PLACEMENT_OFFICER, team=team, first_name="Elin"),
        second_officer=people.holding(Role.PLACEMENT_OFFICER, team=team, first_name="Ruben"),
        other_officer=people.holding(Role.PLACEMENT_OFFICER, team=far_team),
    )


@pytest.fixture
def units(world: World) -> None:
    """One own unit without a free place, two on framework agreements, one vetted."""
    own = register.CareUnitFactory(
        code=OWN, name="Byalagsgatan", operated_by="1480", places_total=19, places_occupied=19
    )
    dear = register.CareUnitFactory(code=FRAMEWORK, name="Ekhagen", needs_met=["supervision"])
    cheap = register.CareUnitFactory(code=CHEAPER, name="Sävlunda")
    vetted = register.CareUnitFactory(code=DIRECT, name="Sjövik")
    for unit in (own, dear, cheap, vetted):
        register.CareUnitServiceFactory(unit=unit)
    lot = register.AgreementLotFactory()
    for unit, rate in ((dear, Decimal(2950)), (cheap, Decimal(2900))):
        agreed = register.AgreementUnitFactory(lot=lot, unit=unit)
        register.PriceFactory(agreement_unit=agreed, rate=rate, valid_from=date(2025, 3, 1))
    register.DirectAwardVettingFactory(unit=vetted, rate=Decimal(3400))


SECTIONS = {
    Section.SERVICE: {
        "service_type": "short_term_housing",
        "subtype": "fysiska funktionsnedsättningar",
    },
    Section.DECISION: {
        "legal_basis": "sol_4_1",
        "decision_date": date(2025, 3, 1),
        "wanted_start": START,
        "urgency": "soon",
    },
    Section.NEEDS: {"needs_wished": ["supervision"]},
    Section.MORE: {"disclosure_basis": "consent"},
}

Filed = Callable[..., PlacementRequest]


@pytest.fixture
def draft(world: World) -> Filed:
    """A draft that could be sent as it is."""

    def file(by: User | None = None, **person: object) -> PlacementRequest:
        filer = by or world.social_worker
        (unit_id,) = accounts.reach_of_user(filer).filing_unit_ids
        with world.behind_wall_of(filer):
            request = actions.start_draft(unit_id=unit_id, creation_key=uuid4(), by=filer.actor)
            details = actions.PersonDetails(
                **{
                    "given_name": "Astrid",
                    "family_name": "Lund",
                    "number_kind": NumberKind.COORDINATION,
                    "number": person_number(TEST_NUMBER, today=clock.today()),
                    "age": 34,
                    "gender": "woman",
                    **person,
                }
            )
            actions.save_person(request_id=request.pk, details=details, by=filer.actor)
            for section, values in SECTIONS.items():
                actions.save_section(
                    request_id=request.pk, section=section, values=values, by=filer.actor
                )
        return request

    return file


@pytest.fixture
def submitted(world: World, draft: Filed) -> Filed:
    def file(by: User | None = None, **person: object) -> PlacementRequest:
        filer = by or world.social_worker
        request = draft(by, **person)
        with world.behind_wall_of(filer):
            return actions.submit_request(request_id=request.pk, by=filer.actor)

    return file


@pytest.fixture
def taken(world: World, submitted: Filed) -> Filed:
    def file(by: User | None = None, **person: object) -> PlacementRequest:
        request = submitted(by, **person)
        with world.behind_wall_of(world.officer):
            return actions.take_request(request_id=request.pk, by=world.officer.actor)

    return file
