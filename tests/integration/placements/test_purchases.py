"""What the department's buyer sees: requests that are bought for, and no others."""

import pytest

from placements import actions, queries
from placements.models import PlacementRequest
from spink.accounts import queries as accounts
from spink.accounts.domain.roles import Role
from spink.accounts.models import Department, User
from tests.factories import accounts as people
from tests.integration.placements.conftest import FRAMEWORK, Filed, World


@pytest.fixture
def buyer(world: World) -> User:
    department = Department.objects.get(name="Funktionsstöd")
    return people.holding(Role.LOCAL_PROCUREMENT_COORDINATOR, department=department)


@pytest.fixture
def recommended(world: World, units: None, taken: Filed) -> PlacementRequest:
    request = taken()
    with world.behind_wall_of(world.officer):
        actions.recommend(request_id=request.pk, units=[FRAMEWORK], by=world.officer.actor)
    return request


def seen(world: World, user: User) -> tuple[int, int]:
    """How many requests the filter lets through, and how many the database."""
    with world.behind_wall_of(user):
        filtered = queries.own_requests(accounts.reach_of_user(user)).count()
        return filtered, PlacementRequest.objects.count()


@pytest.mark.usefixtures("recommended")
def test_buyer_sees_a_request_for_which_a_purchase_is_recommended(
    world: World, buyer: User
) -> None:
    assert seen(world, buyer) == (1, 1)


def test_buyer_keeps_a_request_whose_purchase_was_chosen(
    world: World, buyer: User, recommended: PlacementRequest
) -> None:
    by = world.social_worker
    with world.behind_wall_of(by):
        actions.report_outcome(request_id=recommended.pk, unit_code=FRAMEWORK, by=by.actor)
    assert seen(world, buyer) == (1, 1)


@pytest.mark.parametrize("asks_new_match", [True, False])
def test_buyer_sees_no_more_of_a_request_for_which_nothing_was_bought(
    world: World, buyer: User, recommended: PlacementRequest, asks_new_match: bool
) -> None:
    by = world.social_worker
    with world.behind_wall_of(by):
        actions.report_outcome(
            request_id=recommended.pk, reason="other", asks_new_match=asks_new_match, by=by.actor
        )
    assert seen(world, buyer) == (0, 0)


def test_buyer_sees_no_more_of_a_request_that_was_withdrawn(
    world: World, buyer: User, recommended: PlacementRequest
) -> None:
    by = world.social_worker
    with world.behind_wall_of(by):
        actions.withdraw_request(request_id=recommended.pk, reason="other", by=by.actor)
    assert seen(world, buyer) == (0, 0)
