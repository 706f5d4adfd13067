"""Figures of the client's own department, of which the small ones are not told."""

from datetime import datetime

import pytest

from spink.accounts.models import Unit
from spink.foundation import clock
from tests.integration.api.conftest import NEW
from tests.support.api_clients import REQUESTS, Calling, calling, problem
from tests.support.small_world import World

pytestmark = pytest.mark.django_db


def cell(month: str, count: int | None) -> dict[str, object]:
    return {
        "month": month,
        "service_type": "short_term_housing",
        "state": "submitted",
        "count": count,
        "fewer_than": None if count else 5,
    }


@pytest.fixture
def caller(unit: Unit, world: World) -> Calling:
    """Six requests of March and one of the first hour of April, which is March elsewhere; and one
    of another department."""
    found = calling(unit)
    for _ in range(6):
        found.post(REQUESTS, NEW)
    other = world.other_department.role_assignments.get().unit
    assert other is not None
    calling(other, name="Another").post(REQUESTS, NEW)
    with clock.frozen(datetime(2025, 4, 1, 0, 30, tzinfo=clock.STOCKHOLM)):
        calling(unit, name="Later").post(REQUESTS, NEW)
    return found


def test_own_departments_requests_are_counted_and_fewer_than_five_are_not_told(
    caller: Calling,
) -> None:
    told = caller.get("statistics").json()  # type: ignore[attr-defined]
    assert told["results"] == [cell("2025-04", None), cell("2025-03", 6)]
    march = caller.get("statistics", month="2025-03", state="submitted").json()  # type: ignore[attr-defined]
    assert march["results"] == [cell("2025-03", 6)]
    none = caller.get("statistics", service_type="foster_home").json()  # type: ignore[attr-defined]
    assert (none["total"], none["results"]) == (0, [])


def test_month_that_is_none_is_refused(caller: Calling) -> None:
    assert problem(caller.get("statistics", month="2025-13")) == (400, "invalid-parameter")
