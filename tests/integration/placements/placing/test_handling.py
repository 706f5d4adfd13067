"""Taking, giving away and asking for more: what happens, and what happens to the second one."""

import pytest
from django.test import Client

from placements import actions
from placements.domain.lifecycle import State
from placements.models import TimelineEntry
from tests.integration.placements.conftest import FRAMEWORK, Filed, World
from tests.integration.placements.placing.conftest import page_of, text_of, version_in

pytestmark = pytest.mark.usefixtures("units")

PAYLOAD = '<script>alert("x")</script>'


def test_taken_request_is_the_officers_and_leads_to_its_match(
    world: World, officer: Client, submitted: Filed
) -> None:
    request = submitted()
    answer = officer.post(page_of(request, "take"), follow=True)
    request.refresh_from_db()
    assert (request.state, request.assigned_to_id) == (State.IN_PROGRESS, world.officer.pk)
    assert answer.redirect_chain == [(page_of(request, "match"), 302)]
    assert f"{request.reference} är din nu." in text_of(answer)


def test_request_taken_by_a_colleague_says_so_and_stays_hers(
    world: World, second_officer: Client, taken: Filed
) -> None:
    request = taken()
    answer = second_officer.post(page_of(request, "take"))
    request.refresh_from_db()
    assert (answer.status_code, request.assigned_to_id) == (409, world.officer.pk)
    assert (str(world.officer) in text_of(answer), "Tog förfrågan" in text_of(answer)) == (
        True,
        True,
    )


def test_taking_is_not_done_by_opening_an_address(officer: Client, submitted: Filed) -> None:
    request = submitted()
    assert officer.get(page_of(request, "take")).status_code == 405


def test_request_is_assigned_to_a_colleague(
    world: World, officer: Client, submitted: Filed
) -> None:
    request = submitted()
    url = page_of(request, "assign")
    version = version_in(text_of(officer.get(url)))
    answer = officer.post(url, {"version": version, "to": world.second_officer.pk}, follow=True)
    request.refresh_from_db()
    assert request.assigned_to_id == world.second_officer.pk
    assert f"{world.second_officer} har {request.reference} nu." in text_of(answer)


def test_request_is_handed_over_with_a_note_that_only_officers_see(
    world: World, officer: Client, taken: Filed
) -> None:
    request = taken()
    url = page_of(request, "hand-over")
    version = version_in(text_of(officer.get(url)))
    officer.post(url, {"version": version, "to": world.second_officer.pk, "note": "Ring i dag"})
    request.refresh_from_db()
    with world.behind_wall_of(world.social_worker):
        seen = list(TimelineEntry.objects.filter(text="Ring i dag"))
    with world.behind_wall_of(world.second_officer):
        noted = TimelineEntry.objects.filter(text="Ring i dag").count()
    assert (request.assigned_to_id, seen, noted) == (world.second_officer.pk, [], 1)


@pytest.mark.parametrize("chosen", ["", "0", "4711", "x"])
def test_no_colleague_or_an_unknown_one_is_said_at_the_field(
    officer: Client, taken: Filed, chosen: str
) -> None:
    url = page_of(taken(), "hand-over")
    answer = officer.post(url, {"version": "1", "to": chosen, "note": PAYLOAD})
    page = text_of(answer)
    assert (answer.status_code, 'id="id_to_error"' in page) == (422, True)
    assert (PAYLOAD in page, "&lt;script&gt;" in page) == (False, True)


def test_officers_of_other_functions_and_social_workers_are_no_choice(
    world: World, officer: Client, taken: Filed
) -> None:
    request = taken()
    url = page_of(request, "hand-over")
    for outsider in (world.other_officer, world.social_worker, world.officer):
        answer = officer.post(url, {"version": request.version, "to": outsider.pk})
        assert answer.status_code == 422
    request.refresh_from_db()
    assert request.assigned_to_id == world.officer.pk


def test_question_is_sent_and_the_request_waits(
    world: World, officer: Client, taken: Filed
) -> None:
    request = taken()
    url = page_of(request, "ask-information")
    version = version_in(text_of(officer.get(url)))
    answer = officer.post(url, {"version": version, "question": "Behövs rullstol?"}, follow=True)
    request.refresh_from_db()
    assert (request.state, answer.status_code) == (State.AWAITING_INFORMATION, 200)
    assert "Din fråga om" in text_of(answer)


def test_empty_question_is_said_at_the_field(officer: Client, taken: Filed) -> None:
    answer = officer.post(page_of(taken(), "ask-information"), {"version": "1", "question": " "})
    page = text_of(answer)
    assert (answer.status_code, page.count("Skriv vad du behöver veta")) == (422, 2)


def test_question_to_a_request_that_has_changed_keeps_its_text_and_says_what_happened(
    world: World, officer: Client, taken: Filed
) -> None:
    request = taken()
    url = page_of(request, "ask-information")
    version = version_in(text_of(officer.get(url)))
    with world.behind_wall_of(world.second_officer):
        actions.ask_providers(
            request_id=request.pk,
            units=[actions.AskedUnit(FRAMEWORK, "Ekhagen", "framework")],
            by=world.second_officer.actor,
        )
    answer = officer.post(url, {"version": version, "question": f"Behövs {PAYLOAD}?"})
    page = text_of(answer)
    request.refresh_from_db()
    assert (answer.status_code, request.state) == (409, State.IN_PROGRESS)
    assert (str(world.second_officer) in page, "Frågade Ekhagen om plats" in page) == (True, True)
    assert "Behövs &lt;script&gt;" in page
    again = officer.post(url, {"version": version_in(page), "question": "Behövs rullstol?"})
    assert again.status_code == 302


def test_question_after_somebody_asked_already_keeps_the_text_to_copy(
    world: World, officer: Client, taken: Filed
) -> None:
    request = taken()
    url = page_of(request, "ask-information")
    version = version_in(text_of(officer.get(url)))
    with world.behind_wall_of(world.second_officer):
        actions.ask_information(
            request_id=request.pk, question="Vaken natt?", by=world.second_officer.actor
        )
    answer = officer.post(url, {"version": version, "question": "Behövs rullstol?"})
    page = text_of(answer)
    assert answer.status_code == 409
    assert ("Behövs rullstol?" in page, str(world.second_officer) in page) == (True, True)


def test_draft_of_a_question_names_what_keeps_the_unit_away(officer: Client, taken: Filed) -> None:
    page = text_of(officer.get(page_of(taken(), "ask-information", query="?unit=U-own")))
    assert "Byalagsgatan skulle kunna vara ett alternativ. Ingen ledig plats:" in page
