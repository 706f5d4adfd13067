"""Two requests open in two tabs of one browser: each form is about its own request."""

import re

import pytest
from django.test import Client

from placements.domain.lifecycle import State
from placements.models import InformationRequest, PlacementRequest, Recommendation
from tests.integration.placements.conftest import CHEAPER, FRAMEWORK, Filed, World
from tests.integration.placements.placing.conftest import logged_in, page_of, text_of, version_in

pytestmark = pytest.mark.usefixtures("units")


def title_of(page: str) -> str:
    found = re.search(r"<title>([^<]+)</title>", page)
    assert found
    return found.group(1)


@pytest.fixture
def tabs(taken: Filed) -> tuple[PlacementRequest, PlacementRequest]:
    return taken(), taken()


def test_questions_reach_the_request_of_their_own_tab(
    world: World, officer: Client, tabs: tuple[PlacementRequest, PlacementRequest]
) -> None:
    urls = [page_of(request, "ask-information") for request in tabs]
    opened = [text_of(officer.get(url)) for url in urls]
    texts = ["Till den första", "Till den andra"]
    for url, page, text in reversed(list(zip(urls, opened, texts, strict=True))):
        officer.post(url, {"version": version_in(page), "question": text})
    with world.behind_wall_of(world.officer):
        asked = dict(InformationRequest.objects.values_list("request_id", "question"))
    assert asked == {tabs[0].pk: texts[0], tabs[1].pk: texts[1]}


def test_recommendations_keep_the_units_of_their_own_tab(
    world: World, officer: Client, tabs: tuple[PlacementRequest, PlacementRequest]
) -> None:
    chosen = [FRAMEWORK, CHEAPER]
    urls = [page_of(request, "recommend") for request in tabs]
    opened = [
        text_of(officer.get(url, {"unit": unit})) for url, unit in zip(urls, chosen, strict=True)
    ]
    for url, page, unit in reversed(list(zip(urls, opened, chosen, strict=True))):
        officer.post(url, {"version": version_in(page), "unit": unit})
    with world.behind_wall_of(world.officer):
        sent = dict(Recommendation.objects.values_list("request_id", "units__unit_code"))
    assert sent == {tabs[0].pk: FRAMEWORK, tabs[1].pk: CHEAPER}


def test_older_tab_of_the_same_request_is_told_what_the_newer_one_did(
    officer: Client, tabs: tuple[PlacementRequest, PlacementRequest]
) -> None:
    url = page_of(tabs[0], "ask-information")
    older = version_in(text_of(officer.get(url)))
    asked = page_of(tabs[0], "inquiries")
    officer.post(asked, {"version": older, "unit": FRAMEWORK})
    answer = officer.post(url, {"version": older, "question": "Behövs rullstol?"})
    assert (answer.status_code, "Behövs rullstol?" in text_of(answer)) == (409, True)


def test_nothing_about_a_request_is_kept_in_the_session(
    officer: Client, tabs: tuple[PlacementRequest, PlacementRequest]
) -> None:
    for name in ("match", "request", "ask-information", "hand-over", "inquiries"):
        officer.get(page_of(tabs[0], name))
    officer.get("/queue/?view=all&urgency=soon")
    kept = dict(officer.session.items())
    assert [key for key in kept if not key.startswith("_")] == []


@pytest.mark.parametrize(
    ("name", "about"),
    [
        ("match", "Matchning"),
        ("request", "Förfrågan"),
        ("timeline", "Tidslinje"),
        ("hand-over", "Lämna över förfrågan"),
    ],
)
def test_tab_begins_with_reference_and_state(
    officer: Client, tabs: tuple[PlacementRequest, PlacementRequest], name: str, about: str
) -> None:
    request = tabs[0]
    title = title_of(text_of(officer.get(page_of(request, name))))
    assert title == f"{request.reference} Matchas: {about} – Spink"


def test_social_workers_tab_begins_with_reference_and_state(world: World, draft: Filed) -> None:
    request = draft()
    assert request.state == State.DRAFT
    page = text_of(logged_in(world.social_worker).get(page_of(request, "edit")))
    assert title_of(page).startswith(f"{request.reference} Utkast: ")
