"""A small world: two municipalities, two departments, and four units on three rungs."""

import json
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest

from placements import actions
from placements.domain.sections import Section
from placements.models import PlacementRequest
from spink.accounts.models import User
from spink.catalogue.actions import DATA, load_catalogue
from spink.catalogue.models import CodedReason
from spink.foundation import clock
from tests.conftest import MORNING
from tests.support.filing import TEST_NUMBER, file_draft
from tests.support.small_world import (
    CHEAPER,
    DIRECT,
    FRAMEWORK,
    OWN,
    World,
    open_units,
    settle_people,
)

__all__ = ["CHEAPER", "DIRECT", "FRAMEWORK", "OWN", "TEST_NUMBER", "World"]

START = date(2025, 3, 10)


@pytest.fixture
def world(db: None) -> Iterator[World]:
    with clock.frozen(MORNING):
        load_catalogue()
        yield settle_people()


@pytest.fixture
def units(world: World) -> None:
    open_units()


@pytest.fixture
def codes(db: None) -> None:
    """The coded reasons of the catalogue and nothing else of it, which takes longer."""
    rows = json.loads((DATA / "coded_reasons.json").read_text(encoding="utf-8"))
    CodedReason.objects.bulk_create(CodedReason(**row) for row in rows)


SECTIONS: dict[Section, dict[str, Any]] = {
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
        return file_draft(world, by or world.social_worker, SECTIONS, **person)

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
