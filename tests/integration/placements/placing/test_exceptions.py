"""Recommending an excluded unit through the pages, and what both sides read of it afterwards."""

import pytest
from django.test import Client
from django.urls import reverse

from placements.domain.values import Answer
from placements.models import PlacementRequest, Recommendation, RecommendationException
from providers.models import RegisterCorrection
from tests.factories import placements as rows
from tests.factories import providers as register
from tests.integration.placements.conftest import FRAMEWORK, OWN, Filed, World
from tests.integration.placements.placing.conftest import (
    logged_in,
    page_of,
    text_of,
    version_in,
)
from tests.integration.placements.test_exceptions import changed

pytestmark = pytest.mark.usefixtures("units")

PAYLOAD = '<script>alert("x")</script>'
FILLED = {
    "exception_0_reason": "place_by_start",
    "exception_0_note": f"En plats blir ledig 9 mars {PAYLOAD}",
    "exception_0_confirmed_by": "Mona Ek",
    "exception_0_confirmed_on": "2025-03-03",
}


def form_of(client: Client, request: PlacementRequest, *units: str) -> str:
    query = "?" + "&".join(f"unit={unit}" for unit in units)
    return text_of(client.get(page_of(request, "recommend", query=query)))


def kept(request: PlacementRequest) -> list[tuple[str, str]]:
    found = Recommendation.objects.filter(request=request).order_by("number")
    return list(found.values_list("units__unit_code", "exceptions__reason"))


def test_near_miss_and_excluded_page_lead_to_the_exception(officer: Client, taken: Filed) -> None:
    request = taken()
    link = f'href="{page_of(request, "recommend", query=f"?unit={OWN}")}"'
    pages = [text_of(officer.get(page_of(request, name))) for name in ("match", "excluded")]
    assert [page.count(link) for page in pages] == [1, 1]


@pytest.mark.parametrize("kind", ["paused", "unpublished"])
def test_stopped_unit_has_no_such_way_and_its_form_says_why(
    officer: Client, taken: Filed, kind: str
) -> None:
    register.StopFactory(unit=changed(OWN), kind=kind)
    request = taken()
    link = page_of(request, "recommend", query=f"?unit={OWN}")
    pages = [text_of(officer.get(page_of(request, name))) for name in ("match", "excluded")]
    form = form_of(officer, request, OWN)
    assert [link in page for page in pages] == [False, False]
    taken_out = "Byalagsgatan är stoppad och har tagits bort ur urvalet."
    assert ("exception_0_reason" in form, taken_out in form) == (False, True)
    sent = FILLED | {"version": request.version, "unit": [OWN], "message": ""}
    assert officer.post(page_of(request, "recommend"), sent).status_code == 422
    assert kept(request) == []


def test_exception_is_sent_and_read_by_both_sides(
    world: World, officer: Client, taken: Filed
) -> None:
    request = taken()
    page = form_of(officer, request, FRAMEWORK, OWN)
    asks = ("Undantag: Byalagsgatan", "Ingen ledig plats: det är inte känt", "Vem på verksamheten")
    assert [text in page for text in asks] == [True] * len(asks)
    sent = FILLED | {"version": version_in(page), "unit": [FRAMEWORK, OWN], "message": "Hej"}
    answer = officer.post(page_of(request, "recommend"), sent, follow=True)
    with world.behind_wall_of(world.social_worker):
        (one,) = RecommendationException.objects.filter(recommendation__request=request)
    readers = [answer, logged_in(world.social_worker).get(page_of(request, "request"))]
    told = (
        "Rekommenderas med undantag: enligt registret saknas ledig plats.",
        "Verksamheten har en plats till startdagen",
        "En plats blir ledig 9 mars &lt;script&gt;",
        "Bekräftat av Mona Ek 3 mars 2025",
    )
    assert one.excluded_for == ["no_free_place"]
    for reader in readers:
        text = text_of(reader)
        assert [word in text for word in told] == [True] * len(told)
        assert PAYLOAD not in text
    assert "(med undantag: Byalagsgatan)" in text_of(readers[1])
    assert "Samma utfall, tecken för tecken" in text_of(answer)


def test_every_missing_part_is_said_at_its_field(officer: Client, taken: Filed) -> None:
    request = taken()
    sent = {
        "version": request.version,
        "unit": [OWN],
        "message": "Ring i dag",
        "exception_0_confirmed_on": "2025-03-02",
    }
    answer = officer.post(page_of(request, "recommend"), sent)
    page = text_of(answer)
    names = ("reason", "note", "confirmed_by", "confirmed_on")
    assert answer.status_code == 422
    assert [f'id="id_exception_0_{name}_error"' in page for name in names] == [True] * 4
    assert ("Ring i dag" in page, kept(request)) == (True, [])


def test_unit_that_answered_yes_is_not_asked_who_confirmed(
    world: World, officer: Client, taken: Filed
) -> None:
    request = taken()
    rows.ProviderInquiryFactory(
        request=request, unit_code=OWN, asked_by=world.officer, answered=True, answer=Answer.YES
    )
    page = form_of(officer, request, OWN)
    assert ("Verksamheten svarade ja 3 mars 2025" in page, "confirmed_by" in page) == (True, False)
    sent = {"version": version_in(page), "unit": [OWN], "message": ""}
    sent |= {name: FILLED[name] for name in ("exception_0_reason", "exception_0_note")}
    assert officer.post(page_of(request, "recommend"), sent).status_code == 302
    assert RegisterCorrection.objects.get().confirmed_by == str(world.officer)


def test_places_kept_for_others_are_said_and_not_asked_for(officer: Client, taken: Filed) -> None:
    changed(OWN, priority_group="Äldre", priority_age_from=65)
    request = taken()
    told = "håller sina platser för sin prioriterade grupp: Äldre. Personen hör inte dit"
    form = form_of(officer, request, OWN)
    match = text_of(officer.get(page_of(request, "match")))
    assert (told in form, "exception_0_reason" in form) == (True, False)
    assert "Håller sina platser för: Äldre. Personen hör inte dit." in match
    assert page_of(request, "recommend", query=f"?unit={OWN}") not in match
    sent = FILLED | {"version": request.version, "unit": [OWN], "message": ""}
    assert officer.post(page_of(request, "recommend"), sent).status_code == 422


def test_person_of_the_group_is_offered_that_reason_first(officer: Client, taken: Filed) -> None:
    changed(OWN, priority_age_from=18, priority_age_to=40)
    request = taken()
    match = text_of(officer.get(page_of(request, "match")))
    assert "Håller sina platser för: 18–40 år. Personen hör dit." in match
    assert '<option value="priority_group" selected>' in form_of(officer, request, OWN)


def test_preview_keeps_what_was_typed_of_the_exception(officer: Client, taken: Filed) -> None:
    request = taken()
    sent = FILLED | {"version": "2", "unit": [OWN], "message": "Hej", "preview": "1"}
    page = text_of(officer.post(page_of(request, "recommend"), sent))
    typed = ('value="Mona Ek"', '<option value="place_by_start" selected>', "ledig 9 mars")
    assert [text in page for text in typed] == [True] * len(typed)
    assert kept(request) == []


def test_register_keeper_who_recommends_nothing_cannot_send_one(world: World, taken: Filed) -> None:
    request = taken()
    client = logged_in(world.other_officer)
    sent = FILLED | {"version": request.version, "unit": [OWN], "message": ""}
    path = reverse("placements:recommend", args=[request.reference])
    assert client.post(path, sent).status_code == 404
