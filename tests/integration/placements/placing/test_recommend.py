"""Sending a recommendation, and showing again what it rests on."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from placements import actions
from placements.domain.values import Answer
from placements.models import PlacementRequest, Recommendation
from tests.factories import placements as rows
from tests.factories import providers as register
from tests.integration.placements.conftest import (
    CHEAPER,
    DIRECT,
    FRAMEWORK,
    OWN,
    Filed,
    World,
)
from tests.integration.placements.placing.conftest import (
    logged_in,
    page_of,
    text_of,
    version_in,
)
from tests.integration.placements.test_exceptions import changed

pytestmark = pytest.mark.usefixtures("units")

PAYLOAD = '<script>alert("x")</script>'
QUERIES = 24


def kept(request: PlacementRequest) -> list[Recommendation]:
    return list(Recommendation.objects.filter(request=request))


def reviewed(client: Client, request: PlacementRequest, *units: str) -> str:
    query = "?" + "&".join(f"unit={unit}" for unit in units)
    return text_of(client.get(page_of(request, "recommend", query=query)))


def names_in(page: str) -> list[str]:
    return re.findall(r'<h3 id="offer-[^"]+">([^<]+)</h3>', page)


def test_review_shows_units_in_ladder_order_with_price_and_its_date(
    officer: Client, taken: Filed
) -> None:
    page = reviewed(officer, taken(), DIRECT, FRAMEWORK)
    assert names_in(page) == ["Ekhagen", "Sjövik"]
    first = page[page.index("Ekhagen") : page.index("Sjövik")]
    texts = ("Ramavtal", "2\xa0950\xa0kr per dygn", "gäller från 1 mar 2025", "tillsyn")
    assert [text in first for text in texts] == [True] * len(texts)


def test_recommendation_is_sent_and_shown(officer: Client, taken: Filed) -> None:
    request = taken()
    version = version_in(reviewed(officer, request, FRAMEWORK))
    sent = {"version": version, "unit": [FRAMEWORK], "message": f"Ring i dag {PAYLOAD}"}
    answer = officer.post(page_of(request, "recommend"), sent, follow=True)
    (one,) = kept(request)
    page = text_of(answer)
    assert answer.redirect_chain == [(page_of(request, "recommendation", one.number), 302)]
    assert (one.message, PAYLOAD in page) == (f"Ring i dag {PAYLOAD}", False)
    assert f"Rekommendationen är skickad till {request.created_by}." in page


def test_reason_is_asked_for_where_units_that_come_first_are_passed_or_bought_beside(
    officer: Client, taken: Filed
) -> None:
    request = taken()
    asks = [
        "skipped_rung_reason" in reviewed(officer, request, *units)
        for units in ([DIRECT], [FRAMEWORK, DIRECT], [FRAMEWORK])
    ]
    assert asks == [True, True, False]


def test_missing_reason_is_said_at_its_field_and_the_message_stays(
    officer: Client, taken: Filed
) -> None:
    request = taken()
    version = version_in(reviewed(officer, request, DIRECT))
    sent = {"version": version, "unit": [DIRECT], "message": "Närmast hennes skola"}
    answer = officer.post(page_of(request, "recommend"), sent)
    page = text_of(answer)
    assert (answer.status_code, 'id="id_skipped_rung_reason_error"' in page, kept(request)) == (
        422,
        True,
        [],
    )
    assert "Närmast hennes skola" in page
    officer.post(page_of(request, "recommend"), sent | {"skipped_rung_reason": "safety"})
    assert [one.skipped_rung_reason for one in kept(request)] == ["safety"]


def test_unit_that_no_longer_fits_is_named_with_what_keeps_it_away(
    officer: Client, taken: Filed
) -> None:
    changed(OWN, genders=["man"])
    request = taken()
    page = reviewed(officer, request, FRAMEWORK, OWN)
    assert "Byalagsgatan passar inte längre. Könet: bara för män." in page
    sent = {"version": version_in(page), "unit": [FRAMEWORK, OWN], "message": "Hej"}
    answer = officer.post(page_of(request, "recommend"), sent)
    assert (answer.status_code, kept(request)) == (422, [])
    assert "Byalagsgatan passar inte längre." in text_of(answer)


def test_unit_that_was_stopped_in_between_is_not_recommended(officer: Client, taken: Filed) -> None:
    request = taken()
    version = version_in(reviewed(officer, request, DIRECT))
    register.StopFactory(unit=register.models.CareUnit.objects.get(code=DIRECT))
    sent = {"version": version, "unit": [DIRECT], "skipped_rung_reason": "safety", "message": "Hej"}
    answer = officer.post(page_of(request, "recommend"), sent)
    page = text_of(answer)
    assert (answer.status_code, kept(request)) == (422, [])
    assert "Sjövik är stoppad och har tagits bort ur urvalet." in page


def test_unit_that_has_answered_no_is_not_recommended(
    world: World, officer: Client, taken: Filed
) -> None:
    request = taken()
    rows.ProviderInquiryFactory(
        request=request, unit_code=FRAMEWORK, asked_by=world.officer, answered=True
    )
    page = reviewed(officer, request, FRAMEWORK)
    assert "Ekhagen har tackat nej och kan inte rekommenderas" in page
    sent = {"version": request.version, "unit": [FRAMEWORK], "message": ""}
    assert officer.post(page_of(request, "recommend"), sent).status_code == 422


@pytest.mark.parametrize("units", [[], ["U-unknown"]])
def test_nothing_chosen_and_an_unknown_unit_are_refused(
    officer: Client, taken: Filed, units: list[str]
) -> None:
    request = taken()
    assert officer.get(page_of(request, "recommend"), {"unit": units}).status_code == 200
    sent = {"version": request.version, "unit": units, "message": "Hej"}
    answer = officer.post(page_of(request, "recommend"), sent)
    assert (answer.status_code, kept(request)) == (422, [])


def test_preview_shows_the_message_as_text_and_sends_nothing(officer: Client, taken: Filed) -> None:
    request = taken()
    sent = {"version": "2", "unit": [FRAMEWORK], "message": f"Hej {PAYLOAD}", "preview": "1"}
    answer = officer.post(page_of(request, "recommend"), sent)
    page = text_of(answer)
    assert (answer.status_code, kept(request), page.count("Hej &lt;script&gt;")) == (200, [], 2)


def test_second_officer_is_told_what_the_first_sent_and_keeps_her_text(
    world: World, officer: Client, second_officer: Client, taken: Filed
) -> None:
    request = taken()
    version = version_in(reviewed(officer, request, CHEAPER))
    with world.behind_wall_of(world.second_officer):
        actions.recommend(request_id=request.pk, units=[FRAMEWORK], by=world.second_officer.actor)
    sent = {"version": version, "unit": [CHEAPER], "message": "Sävlunda är billigare"}
    answer = officer.post(page_of(request, "recommend"), sent)
    page = text_of(answer)
    assert (answer.status_code, len(kept(request))) == (409, 1)
    told = (str(world.second_officer), "Rekommenderade Ekhagen", "Sävlunda är billigare")
    assert [text in page for text in told] == [True] * len(told)
    again = officer.post(page_of(request, "recommend"), sent | {"version": version_in(page)})
    assert (again.status_code, len(kept(request))) == (302, 2)


def test_recommending_twice_with_one_page_sends_once(officer: Client, taken: Filed) -> None:
    request = taken()
    sent = {"version": request.version, "unit": [FRAMEWORK], "message": ""}
    statuses = [officer.post(page_of(request, "recommend"), sent).status_code for _ in range(2)]
    assert (statuses, len(kept(request))) == ([302, 409], 1)


def test_request_that_waits_for_information_cannot_be_recommended(
    world: World, officer: Client, taken: Filed
) -> None:
    request = taken()
    with world.behind_wall_of(world.officer):
        actions.ask_information(
            request_id=request.pk, question="Vaken natt?", by=world.officer.actor
        )
    sent = {"version": "9", "unit": [FRAMEWORK], "message": "Ring i dag"}
    answer = officer.post(page_of(request, "recommend"), sent)
    assert (answer.status_code, "Ring i dag" in text_of(answer)) == (409, True)


@pytest.mark.django_db(transaction=True)  # a number of the diary for each change
def test_kept_outcome_is_shown_again_as_it_was_after_the_register_changed(
    world: World, officer: Client, taken: Filed
) -> None:
    request = taken()
    sent = {"version": request.version, "unit": [FRAMEWORK], "message": ""}
    officer.post(page_of(request, "recommend"), sent)
    late = register.CareUnitFactory(code="U-late", name="Senkommen", operated_by="1480")
    register.CareUnitServiceFactory(unit=late)
    page = text_of(officer.get(page_of(request, "recommendation", 1)))
    digest = officer.get(page_of(request, "match-json")).content
    assert ("Samma utfall, tecken för tecken" in page, "Senkommen" in page) == (True, False)
    assert b"U-late" in digest


def test_kept_outcome_that_was_tampered_with_is_said_to_differ(
    world: World, officer: Client, taken: Filed
) -> None:
    request = taken()
    with world.behind_wall_of(world.officer):
        one = actions.recommend(request_id=request.pk, units=[FRAMEWORK], by=world.officer.actor)
        Recommendation.objects.filter(pk=one.pk).update(outcome_digest="0" * 64)
    page = text_of(officer.get(page_of(request, "recommendation", 1)))
    assert "Utfallet skiljer sig från det som sparades" in page


@pytest.mark.parametrize("size", [1, 12])
def test_queries_are_as_many_whatever_is_chosen(officer: Client, taken: Filed, size: int) -> None:
    codes = []
    for number in range(size):
        unit = register.CareUnitFactory(code=f"U-more-{number}")
        register.CareUnitServiceFactory(unit=unit)
        register.DirectAwardVettingFactory(unit=unit, rate_from=date(2025, 1, 1))
        codes.append(unit.code)
    request = taken()
    reviewed(officer, request, *codes)
    with CaptureQueriesContext(connection) as queries:
        reviewed(officer, request, *codes)
    assert len(queries) == QUERIES


def test_answer_yes_is_what_the_social_worker_will_read(
    world: World, officer: Client, taken: Filed
) -> None:
    request = taken()
    rows.ProviderInquiryFactory(
        request=request,
        unit_code=FRAMEWORK,
        asked_by=world.officer,
        answered=True,
        answer=Answer.YES,
    )
    page = reviewed(logged_in(world.officer), request, FRAMEWORK)
    assert "Har plats, svarade i dag 09:00" in page
