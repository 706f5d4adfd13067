"""A colleague was quicker: the page says what happened, and nothing that was typed is lost."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from placements import actions
from placements.models import PlacementRequest
from tests.integration.placements.conftest import Filed, World

TYPED = "Hon klarar sig med rollator inomhus"


@pytest.fixture
def browser(world: World) -> Client:
    client = Client()
    client.force_login(world.social_worker)
    return client


@pytest.fixture
def questioned(world: World, taken: Filed) -> PlacementRequest:
    request = taken()
    with world.behind_wall_of(world.officer):
        actions.ask_information(
            request_id=request.pk, question="Klarar hon trappor?", by=world.officer.actor
        )
    return request


def version_of(page: str) -> str:
    found = re.search(r'name="version" value="(\d+)"', page)
    assert found
    return found.group(1)


def test_answer_to_a_question_that_a_colleague_has_answered_is_kept_to_copy_from(
    world: World, browser: Client, questioned: PlacementRequest
) -> None:
    url = reverse("placements:answer", args=[questioned.reference])
    version = version_of(browser.get(url).content.decode())
    with world.behind_wall_of(world.colleague):
        actions.answer_information(
            request_id=questioned.pk, answer="Nej", by=world.colleague.actor, version=int(version)
        )
    answer = browser.post(url, {"version": version, "answer": TYPED})
    text = answer.content.decode()
    assert answer.status_code == 409
    assert (f">{TYPED}</textarea>" in text, str(world.colleague) in text) == (True, True)


def test_answer_to_a_request_that_has_changed_is_sent_the_second_time(
    world: World, browser: Client, questioned: PlacementRequest
) -> None:
    url = reverse("placements:answer", args=[questioned.reference])
    version = version_of(browser.get(url).content.decode())
    with world.behind_wall_of(world.officer):
        actions.hand_over(
            request_id=questioned.pk,
            to=world.second_officer.pk,
            note="",
            by=world.officer.actor,
            version=int(version),
        )
    first = browser.post(url, {"version": version, "answer": TYPED})
    text = first.content.decode()
    assert (first.status_code, TYPED in text, str(world.officer) in text) == (409, True, True)
    second = browser.post(url, {"version": version_of(text), "answer": TYPED})
    with world.behind_wall_of(world.social_worker):
        questioned.refresh_from_db()
    assert (second.status_code, questioned.state) == (302, "in_progress")


def test_page_of_a_step_that_is_over_leads_to_the_request(browser: Client, taken: Filed) -> None:
    request = taken()
    answer = browser.get(reverse("placements:answer", args=[request.reference]))
    assert (answer.status_code, answer.headers["Location"]) == (
        302,
        reverse("placements:request", args=[request.reference]),
    )
