"""A small world: two municipalities, two departments, and four units on three rungs."""

from collections.abc import Callable, Iterator
from datetime import date
from uuid import uuid4

import pytest

from placements import actions
from placements.domain.sections import Section
from placements.domain.values import NumberKind
from placements.models import PlacementRequest
from spink.accounts import queries as accounts
from spink.accounts.models import User
from spink.catalogue.actions import load_catalogue
from spink.foundation import clock
from spink.foundation.identity_numbers import person_number
from tests.conftest import MORNING
from tests.support.small_world import (
    CHEAPER,
    DIRECT,
    FRAMEWORK,
    OWN,
    World,
    open_units,
    settle_people,
)

__all__ = ["CHEAPER", "DIRECT", "FRAMEWORK", "OWN", "World"]

START = date(2025, 3, 10)
TEST_NUMBER = "191500722390"


@pytest.fixture
def world(db: None) -> Iterator[World]:
    with clock.frozen(MORNING):
        load_catalogue()
        yield settle_people()


@pytest.fixture
def units(world: World) -> None:
    open_units()


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
