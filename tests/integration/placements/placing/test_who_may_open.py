"""The placing side's pages are for officers of the function that the request was sent to."""

import pytest
from django.test import Client

from placements.models import PlacementRequest
from spink.accounts.domain.roles import Role
from tests.factories import accounts as people
from tests.integration.placements.conftest import FRAMEWORK, Filed, World
from tests.integration.placements.placing.conftest import logged_in, page_of

pytestmark = pytest.mark.usefixtures("units")

PAGES = (
    ("get", "match"),
    ("get", "match-json"),
    ("get", "excluded"),
    ("get", "inquiries"),
    ("get", "recommend"),
    ("get", "hand-over"),
    ("get", "ask-information"),
    ("post", "take"),
    ("post", "assign"),
    ("post", "hand-over"),
    ("post", "ask-information"),
    ("post", "inquiries"),
    ("post", "recommend"),
)


def statuses(client: Client, request: PlacementRequest) -> set[int]:
    return {getattr(client, method)(page_of(request, name)).status_code for method, name in PAGES}


def test_pages_are_not_found_by_officers_of_another_municipality(
    world: World, taken: Filed
) -> None:
    assert statuses(logged_in(world.other_officer), taken()) == {404}


def test_pages_are_not_found_by_another_department(world: World, taken: Filed) -> None:
    assert statuses(logged_in(world.other_department), taken()) == {404}


def test_pages_are_forbidden_to_the_social_worker_who_filed_the_request(
    world: World, taken: Filed
) -> None:
    assert statuses(logged_in(world.social_worker), taken()) == {403}


@pytest.mark.parametrize("role", [Role.QUALITY_CONTROLLER, Role.CONTROLLER, Role.ADMINISTRATOR])
def test_pages_are_forbidden_to_roles_that_read_no_requests(
    world: World, taken: Filed, role: Role
) -> None:
    assert statuses(logged_in(people.holding(role)), taken()) == {403}


def test_pages_ask_visitors_to_log_in(taken: Filed) -> None:
    assert statuses(Client(), taken()) == {302}


def test_draft_is_not_found_by_officers(world: World, officer: Client, draft: Filed) -> None:
    assert statuses(officer, draft()) == {404}


@pytest.mark.parametrize("role", [Role.QUALITY_CONTROLLER, Role.LAWYER, Role.CATEGORY_LEAD])
def test_queue_is_forbidden_to_other_roles(world: World, role: Role) -> None:
    assert logged_in(people.holding(role)).get("/queue/").status_code == 403


def test_inquiry_and_recommendation_of_another_request_are_not_found(
    officer: Client, taken: Filed
) -> None:
    request = taken()
    found = [
        officer.get(page_of(request, "inquiry", 4711)).status_code,
        officer.get(page_of(request, "recommendation", 1)).status_code,
    ]
    assert found == [404, 404]


def test_address_with_a_unit_does_not_change_what_is_read(officer: Client, taken: Filed) -> None:
    answer = officer.get(page_of(taken(), "match", query=f"?unit={FRAMEWORK}&show=iop"))
    assert answer.status_code == 200
