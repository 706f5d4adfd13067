from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from pytest_django.live_server_helper import LiveServer

from spink.accounts.models import Unit
from spink.catalogue.actions import load_catalogue
from spink.foundation import clock
from tests.conftest import MORNING
from tests.support.api_clients import Calling, calling
from tests.support.clocks import ClockOnTheWall
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


@pytest.fixture
def server(live_server: LiveServer, caller: Calling) -> Iterator[str]:
    """The API of a running server, whose threads see the same morning."""
    with pytest.MonkeyPatch.context() as patched:
        ClockOnTheWall(MORNING).hung_up(patched)
        yield f"{live_server.url}/api/v1"


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
NEED: dict[str, Any] = {
    "service_type": "short_term_housing",
    "subtype": "fysiska funktionsnedsättningar",
    "wanted_start": str(date(2025, 3, 10)),
    "age": 34,
    "gender": "woman",
    "needs_wished": ["supervision"],
}
