"""The social worker's pages, as a browser without JavaScript would use them."""

import re
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from placements import actions
from placements.models import Person, PersonIdentity, PlacementRequest
from spink.accounts.models import User
from spink.foundation import outbox
from spink.foundation.events import EventName
from spink.foundation.models import OutboxEvent
from tests.integration.placements.conftest import FRAMEWORK, TEST_NUMBER, Filed, World

PAYLOAD = '<script>alert("x")</script>'


def logged_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def browser(world: World) -> Client:
    return logged_in(world.social_worker)


def version_of(page: str) -> str:
    found = re.search(r'name="version" value="(\d+)"', page)
    assert found
    return found.group(1)


def fill(client: Client, reference: str, section: str, **values: object) -> int:
    url = reverse("placements:section", args=[reference, section])
    page = client.get(url).content.decode()
    answer = client.post(url, {"version": version_of(page), **values})
    return answer.status_code


PERSON = {
    "number_kind": "coordination",
    "number": TEST_NUMBER,
    "given_name": "Astrid",
    "family_name": "Lund",
    "gender": "woman",
    "age": "",
    "address": "",
    "protection": "none",
}


def begin(client: Client) -> str:
    answer = client.post(reverse("placements:start"), {"creation_key": str(uuid4())})
    assert answer.status_code == 302
    return str(answer.headers["Location"]).split("/")[2]


def test_request_is_filed_section_by_section_and_sent(world: World, browser: Client) -> None:
    reference = begin(browser)
    statuses = [
        fill(browser, reference, "person", **PERSON | {"age": "34"}),
        fill(
            browser,
            reference,
            "service",
            service_type="short_term_housing",
            subtype="fysiska funktionsnedsättningar",
        ),
        fill(
            browser,
            reference,
            "decision",
            legal_basis="sol_4_1",
            decision_date="2025-03-01",
            wanted_start="2025-03-10",
            urgency="soon",
        ),
        fill(browser, reference, "needs", needs_wished=["supervision"], companions="3 och 7"),
        fill(browser, reference, "place", near="goteborg_hisingen", within_km="40", avoid_units=""),
        fill(browser, reference, "more", description=PAYLOAD, disclosure_basis="consent"),
    ]
    assert statuses == [302] * 6
    check = reverse("placements:check", args=[reference])
    page = browser.get(check).content.decode()
    assert (PAYLOAD in page, "&lt;script&gt;" in page) == (False, True)
    sent = browser.post(check, {"version": version_of(page)})
    assert sent.status_code == 302
    with world.behind_wall_of(world.social_worker):
        request = PlacementRequest.objects.get(reference=reference)
    assert (request.state, request.companions, request.near_label, request.within_km) == (
        "submitted",
        [3, 7],
        "Göteborg, Hisingen",
        40,
    )


def test_second_click_on_send_changes_nothing(world: World, browser: Client, draft: Filed) -> None:
    request = draft()
    check = reverse("placements:check", args=[request.reference])
    version = version_of(browser.get(check).content.decode())
    answers = [browser.post(check, {"version": version}).status_code for _ in range(2)]
    with world.behind_wall_of(world.social_worker):
        request.refresh_from_db()
        entries = request.timeline.count()
    assert (answers, request.state, entries) == ([302, 302], "submitted", 1)


def test_wrong_number_is_said_at_its_field_and_what_was_typed_stays(browser: Client) -> None:
    reference = begin(browser)
    url = reverse("placements:section", args=[reference, "person"])
    page = browser.get(url).content.decode()
    answer = browser.post(url, {"version": version_of(page), **PERSON, "number": "195001011234"})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert ('value="Astrid"' in text, "id_number" in text) == (True, True)


def test_service_not_routed_here_is_refused_with_where_to_turn(browser: Client) -> None:
    reference = begin(browser)
    url = reverse("placements:section", args=[reference, "service"])
    page = browser.get(url).content.decode()
    answer = browser.post(url, {"version": version_of(page), "service_type": "sis_care"})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert ("SiS egen placeringsfunktion" in text, "SiS-platsbrist" in text) == (True, True)


def test_draft_changed_by_a_colleague_is_not_overwritten(
    world: World, browser: Client, draft: Filed
) -> None:
    request = draft()
    url = reverse("placements:section", args=[request.reference, "more"])
    old = version_of(browser.get(url).content.decode())
    values = {"description": "kollegans text", "disclosure_basis": "consent"}
    fill(logged_in(world.colleague), request.reference, "more", **values)
    answer = browser.post(
        url, {"version": old, "description": "min text", "disclosure_basis": "consent"}
    )
    with world.behind_wall_of(world.social_worker):
        request.refresh_from_db()
    page = answer.content.decode()
    assert (answer.status_code, request.description) == (409, "kollegans text")
    assert "min text" in page
    again = {"version": version_of(page), "description": "min text", "disclosure_basis": "consent"}
    assert browser.post(url, again).status_code == 302
    with world.behind_wall_of(world.social_worker):
        request.refresh_from_db()
    assert request.description == "min text"


def test_request_of_another_department_is_not_found(world: World, draft: Filed) -> None:
    request = draft()
    stranger = logged_in(world.other_department)
    answer = stranger.get(reverse("placements:edit", args=[request.reference]))
    assert (answer.status_code, "Astrid" in answer.content.decode()) == (404, False)


def test_protected_person_is_shown_to_the_filer_but_not_to_a_colleague(
    world: World, browser: Client, submitted: Filed
) -> None:
    request = submitted(protection="confidentiality_marking")
    url = reverse("placements:request", args=[request.reference])
    seen = [
        "Astrid" in logged_in(user).get(url).content.decode()
        for user in (world.social_worker, world.colleague, world.officer)
    ]
    assert seen == [True, False, False]


def test_colleague_cannot_overwrite_a_protected_identity_that_is_hidden(
    world: World, draft: Filed
) -> None:
    request = draft(protection="confidentiality_marking")
    url = reverse("placements:section", args=[request.reference, "person"])
    answer = logged_in(world.colleague).get(url)
    with world.behind_wall_of(world.social_worker):
        identity = PersonIdentity.objects.get(person__requests=request)
    assert (answer.status_code, identity.given_name) == (403, "Astrid")


def test_colleague_who_files_for_the_same_protected_person_sees_nothing_of_the_first(
    world: World, draft: Filed
) -> None:
    first = draft(protection="confidentiality_marking", address="Hemliga gatan 1")
    second = draft(by=world.colleague, given_name="A", address="")
    with world.behind_wall_of(world.colleague):
        second.refresh_from_db()
        identities = list(PersonIdentity.objects.all())
        person = Person.objects.get(requests=second)
    assert ([one.address for one in identities], person.is_protected) == ([""], True)
    with world.behind_wall_of(world.social_worker):
        first.refresh_from_db()
    assert first.person_id != second.person_id


@pytest.fixture
def recommended(world: World, units: None, taken: Filed) -> PlacementRequest:
    request = taken()
    with world.behind_wall_of(world.officer):
        actions.recommend(request_id=request.pk, units=[FRAMEWORK], by=world.officer.actor)
    return request


def test_chosen_unit_is_reported_in_two_clicks(
    world: World, browser: Client, recommended: PlacementRequest
) -> None:
    page = browser.get(reverse("placements:request", args=[recommended.reference]))
    link = reverse("placements:report", args=[recommended.reference]) + f"?unit={FRAMEWORK}"
    assert link in page.content.decode()
    form = browser.get(link).content.decode()
    marked = re.search(r'<input[^>]*value="unit:U-framework"[^>]*checked', form)
    assert marked
    answer = browser.post(link, {"version": version_of(form), "choice": f"unit:{FRAMEWORK}"})
    with world.behind_wall_of(world.social_worker):
        recommended.refresh_from_db()
    assert (answer.status_code, recommended.state) == (302, "closed")


def test_reporting_none_without_a_reason_is_refused_at_its_field(
    browser: Client, recommended: PlacementRequest
) -> None:
    url = reverse("placements:report", args=[recommended.reference])
    form = browser.get(url).content.decode()
    answer = browser.post(
        url, {"version": version_of(form), "choice": "none", "text": "Hon vill inte flytta dit"}
    )
    text = answer.content.decode()
    assert answer.status_code == 422
    assert ("Hon vill inte flytta dit" in text, 'id="id_none_reason' in text) == (True, True)


def test_start_page_marks_what_is_new_until_it_is_opened(browser: Client, taken: Filed) -> None:
    request = taken()
    start = reverse("placements:my-requests")
    told_of = OutboxEvent.objects.get(name=EventName.REQUEST_ASSIGNED)

    def is_marked() -> bool:
        return "Nytt" in browser.get(start).content.decode().partition("<main")[2]

    seen = [is_marked()]
    outbox.handle(told_of.id)
    seen.append(is_marked())
    browser.get(reverse("placements:request", args=[request.reference]))
    seen.append(is_marked())

    assert seen == [False, True, False]


@pytest.mark.parametrize("drafts", [1, 4])
def test_start_page_costs_the_same_for_one_request_and_for_many(
    browser: Client, draft: Filed, drafts: int, django_assert_num_queries: object
) -> None:
    for _ in range(drafts):
        draft()
    browser.get(reverse("placements:my-requests"))
    with django_assert_num_queries(14):  # type: ignore[operator]
        browser.get(reverse("placements:my-requests"))
