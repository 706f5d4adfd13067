"""Asking units about a place, and noting what they answer."""

import re

import pytest
from django.test import Client

from placements import actions
from placements.domain.values import Answer
from placements.models import PlacementRequest, ProviderInquiry
from tests.integration.placements.conftest import (
    CHEAPER,
    DIRECT,
    FRAMEWORK,
    OWN,
    Filed,
    World,
)
from tests.integration.placements.placing.conftest import page_of, text_of, version_in

pytestmark = pytest.mark.usefixtures("units")

PAYLOAD = '<script>alert("x")</script>'


def inquiries_of(request: PlacementRequest) -> list[tuple[str, str, str]]:
    rows = ProviderInquiry.objects.filter(request=request).order_by("unit_code")
    return list(rows.values_list("unit_code", "unit_name", "provision_form"))


def asked(world: World, request: PlacementRequest) -> ProviderInquiry:
    with world.behind_wall_of(world.officer):
        (inquiry,) = actions.ask_providers(
            request_id=request.pk,
            units=[actions.AskedUnit(FRAMEWORK, "Ekhagen", "framework")],
            by=world.officer.actor,
        )
    return inquiry


def test_chosen_units_are_noted_as_asked_with_their_rungs_a_near_miss_too(
    officer: Client, taken: Filed
) -> None:
    request = taken()
    query = f"?unit={FRAMEWORK}&unit={DIRECT}&unit={OWN}"
    page = text_of(officer.get(page_of(request, "inquiries", query=query)))
    sent = {"version": version_in(page), "unit": [FRAMEWORK, DIRECT, OWN]}
    answer = officer.post(page_of(request, "inquiries"), sent, follow=True)
    assert "3 verksamheter är antecknade som frågade." in text_of(answer)
    assert inquiries_of(request) == [
        (DIRECT, "Sjövik", "direct_award"),
        (FRAMEWORK, "Ekhagen", "framework"),
        (OWN, "Byalagsgatan", "in_house"),
    ]


@pytest.mark.parametrize("units", [[], ["U-unknown"]])
def test_no_unit_or_an_unknown_one_is_refused_and_nothing_is_noted(
    officer: Client, taken: Filed, units: list[str]
) -> None:
    request = taken()
    answer = officer.post(page_of(request, "inquiries"), {"version": "2", "unit": units})
    assert (answer.status_code, inquiries_of(request)) == (422, [])


def test_asking_about_a_request_that_has_changed_says_so_first(
    world: World, officer: Client, taken: Filed
) -> None:
    request = taken()
    page = text_of(officer.get(page_of(request, "inquiries", query=f"?unit={CHEAPER}")))
    asked(world, request)
    sent = {"version": version_in(page), "unit": [CHEAPER]}
    answer = officer.post(page_of(request, "inquiries"), sent)
    assert (answer.status_code, len(inquiries_of(request))) == (409, 1)
    again = {"version": version_in(text_of(answer)), "unit": [CHEAPER]}
    assert officer.post(page_of(request, "inquiries"), again).status_code == 302


def test_nobody_is_asked_about_a_request_that_nobody_has(officer: Client, submitted: Filed) -> None:
    request = submitted()
    sent = {"version": request.version, "unit": [FRAMEWORK]}
    answer = officer.post(page_of(request, "inquiries"), sent)
    assert (answer.status_code, inquiries_of(request)) == (409, [])


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ({"answer": "yes", "place_from": "2025-03-20"}, (Answer.YES, None)),
        ({"answer": "later", "place_from": "2025-03-20"}, (Answer.LATER, "2025-03-20")),
        ({"answer": "no", "reason": "full", "place_from": ""}, (Answer.NO, None)),
    ],
)
def test_answer_is_noted_with_its_day_only_where_it_is_later(
    world: World, officer: Client, taken: Filed, given: dict[str, str], kept: tuple[str, str | None]
) -> None:
    request = taken()
    inquiry = asked(world, request)
    url = page_of(request, "inquiry", inquiry.pk)
    version = version_in(text_of(officer.get(url)))
    answer = officer.post(url, {"version": version, "note": "Talade med Majken", **given})
    inquiry.refresh_from_db()
    day = inquiry.place_from.isoformat() if inquiry.place_from else None
    assert (answer.status_code, inquiry.answer, day, inquiry.note) == (
        302,
        *kept,
        "Talade med Majken",
    )
    assert "Talade med Majken" in text_of(officer.get(page_of(request, "inquiries")))


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({}, "id_answer_error"),
        ({"answer": "maybe"}, "id_answer_error"),
        ({"answer": "later"}, "id_place_from_error"),
        ({"answer": "later", "place_from": "soon"}, "id_place_from_error"),
        ({"answer": "later", "place_from": "2025-03-01"}, "id_place_from_error"),
        ({"answer": "no", "reason": "full", "note": "x" * 501}, "id_note_error"),
        ({"answer": "no"}, "id_reason_error"),
        ({"answer": "no", "reason": "place_gone"}, "id_reason_error"),
        ({"answer": "no", "reason": "other", "note": " "}, "id_note_error"),
    ],
)
def test_bad_answer_is_said_at_its_field_and_keeps_the_note(
    world: World, officer: Client, taken: Filed, given: dict[str, str], field: str
) -> None:
    request = taken()
    inquiry = asked(world, request)
    sent = {"version": "3", "note": PAYLOAD, **given}
    answer = officer.post(page_of(request, "inquiry", inquiry.pk), sent)
    page = text_of(answer)
    assert (answer.status_code, f'id="{field}"' in page, PAYLOAD in page) == (422, True, False)
    inquiry.refresh_from_db()
    assert inquiry.answer == ""


def test_no_has_its_reason_until_it_is_put_right(
    world: World, officer: Client, taken: Filed
) -> None:
    request = taken()
    inquiry = asked(world, request)
    url = page_of(request, "inquiry", inquiry.pk)
    page = text_of(officer.get(url, {"answer": "no"}))
    assert re.findall(r'value="(\w+)"[^>]* checked', page) == ["no"]
    sent = {"version": version_in(page), "answer": "no", "reason": "staffing"}
    told = text_of(officer.post(url, sent, follow=True))
    timeline = text_of(officer.get(page_of(request, "timeline")))
    assert "Bemanningen räcker inte just nu" in told
    assert "Ekhagen svarade nej: Bemanningen räcker inte just nu" in timeline
    right = {**sent, "version": version_in(text_of(officer.get(url))), "answer": "yes"}
    officer.post(url, right)
    inquiry.refresh_from_db()
    assert (inquiry.answer, inquiry.refusal_reason) == (Answer.YES, "")


@pytest.mark.parametrize(
    ("reason", "note", "refusal"),
    [
        ("", "Fullt", actions.ReasonNeeded),
        ("gone", "Fullt", actions.ReasonNeeded),
        ("other", " ", actions.NoteNeeded),
    ],
)
def test_no_without_its_reason_is_not_noted(
    world: World, taken: Filed, reason: str, note: str, refusal: type[Exception]
) -> None:
    request = taken()
    inquiry = asked(world, request)
    with world.behind_wall_of(world.officer), pytest.raises(refusal):
        actions.note_answer(
            request_id=request.pk,
            inquiry_id=inquiry.pk,
            answer=Answer.NO,
            reason=reason,
            note=note,
            by=world.officer.actor,
        )


def test_answer_to_a_request_that_has_changed_keeps_the_note(
    world: World, officer: Client, taken: Filed
) -> None:
    request = taken()
    inquiry = asked(world, request)
    url = page_of(request, "inquiry", inquiry.pk)
    version = version_in(text_of(officer.get(url)))
    with world.behind_wall_of(world.second_officer):
        actions.hand_over(
            request_id=request.pk, to=world.second_officer.pk, by=world.second_officer.actor
        )
    answer = officer.post(
        url,
        {
            "version": version,
            "answer": "no",
            "reason": "full",
            "note": "Fullt till maj",
        },
    )
    page = text_of(answer)
    assert answer.status_code == 409
    assert ("Fullt till maj" in page, "Lämnade över förfrågan" in page) == (True, True)
