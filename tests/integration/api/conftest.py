from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from spink.accounts.models import Unit
from spink.catalogue.actions import load_catalogue
from spink.foundation import clock
from tests.conftest import MORNING
from tests.support.api_clients import Calling, calling
from tests.support.small_world import World, open_units, settle_people


@pytest.fixture
def world(db: None) -> Iterator[World]:
    with clock.frozen(MORNING):
        load_catalogue()
        found = settle_people()
        open_units()
        yield found


@pytest.fixture
def unit(world: World) -> Unit:
    found = world.social_worker.role_assignments.get().unit
    assert found is not None
    return found


@pytest.fixture
def caller(unit: Unit) -> Calling:
    return calling(unit)


NEW: dict[str, Any] = {
    "person": {
        "number_kind": "coordination",
        "number": "191500722390",
        "given_name": "Astrid",
        "family_name": "Lund",
        "protection": "none",
        "age": 34,
        "gender": "woman",
    },
    "service_type": "short_term_housing",
    "subtype": "fysiska funktionsnedsättningar",
    "legal_basis": "sol_4_1",
    "decision_date": str(date(2025, 3, 1)),
    "wanted_start": str(date(2025, 3, 10)),
    "urgency": "soon",
    "needs_wished": ["supervision"],
    "disclosure_basis": "consent",
}
