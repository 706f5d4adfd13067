"""The match page: the ladder rung by rung, what nearly fits, and why the others do not."""

import json
import re
from datetime import date, datetime
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from placements import actions
from placements.domain.values import Protection
from placements.queries import match_now
from providers.models import CareUnit
from spink.accounts.models import AccessEntry
from spink.foundation import clock
from tests.factories import placements as rows
from tests.factories import providers as register
from tests.factories.control import ProviderCheckFactory, VettingFactory
from tests.integration.placements.conftest import (
    CHEAPER,
    DIRECT,
    FRAMEWORK,
    START,
    Filed,
    World,
)
from tests.integration.placements.placing.conftest import logged_in, page_of, text_of

pytestmark = pytest.mark.usefixtures("units")

QUERIES = 24
JSON_QUERIES = 10
PAYLOAD = '<img src=x onerror="alert(1)">'


def rungs(page: str) -> list[tuple[str, str]]:
    return re.findall(r'<h3 id="rung-\w+">([^<]+)</h3><span class="ds-tag tag is-(\w+)">', page)


def chosen(page: str) -> list[str]:
    """Those on the ladder that can be chosen, in its order."""
    return re.findall(r'type="checkbox" name="unit" value="([^"]+)"', page)


def test_ladder_shows_the_first_rung_that_fits_filled_and_later_ones_as_rings(
    officer: Client, taken: Filed
) -> None:
    page = text_of(officer.get(page_of(taken(), "match")))
    assert rungs(page) == [
        ("Egen regi", "none"),
        ("Ramavtal", "fits"),
        ("Direktupphandling", "reserve"),
    ]
    assert chosen(page) == [FRAMEWORK, CHEAPER, DIRECT]


def test_empty_rung_says_in_one_line_what_keeps_its_only_unit_away(
    officer: Client, taken: Filed
) -> None:
    register.CareUnitFactory(code="U-of-other-service", operated_by="1480")
    page = text_of(officer.get(page_of(taken(), "match")))
    assert (
        "Den enda med rätt inriktning är Byalagsgatan: ingen ledig plats, "
        "det är inte känt när nästa blir ledig." in page
    )
    assert "Inga lediga platser" in page


def test_candidate_says_what_speaks_for_it(officer: Client, taken: Filed) -> None:
    counted = datetime(2025, 3, 3, 8, 15, tzinfo=clock.STOCKHOLM)
    unit = register.CareUnitFactory(
        code="U-near",
        name="Gläntan",
        latitude=57.70,
        longitude=11.97,
        places_confirmed_at=counted,
        places_confirmed_by="Majken",
        needs_met=["supervision"],
    )
    register.CareUnitServiceFactory(unit=unit)
    register.DirectAwardVettingFactory(unit=unit, rate=Decimal(3480), rate_from=date(2025, 1, 12))
    page = text_of(officer.get(page_of(taken(), "match")))
    row = page[page.index("Gläntan") :]
    texts = ("3 av 10", "Räknat i dag 08:15", "3\xa0480\xa0kr", "anbud 12 jan 2025", "tillsyn")
    assert [text in row for text in texts] == [True] * len(texts)


def test_vetting_that_has_run_out_is_a_remark_and_keeps_the_unit_on_its_rung(
    officer: Client, taken: Filed
) -> None:
    unit = CareUnit.objects.get(code=DIRECT)
    vetting = VettingFactory(provider=unit.provider, state="added", decided_at=clock.now())
    vetting.units.add(unit)
    ProviderCheckFactory(vetting=vetting, holds_until=date(2025, 3, 2))
    page = text_of(officer.get(page_of(taken(), "match")))
    assert "Kontrollen av utföraren har gått ut, 2 mar 2025" in page
    assert chosen(page) == [FRAMEWORK, CHEAPER, DIRECT]
    compared = text_of(officer.get(page_of(taken(), "compare", query=f"?unit={DIRECT}")))
    assert "Kontrollen av utföraren har gått ut" in compared


def test_near_miss_says_exactly_what_differs(officer: Client, taken: Filed) -> None:
    far = register.CareUnitFactory(code="U-old", name="Björkdala", age_from=40, age_to=64)
    register.CareUnitServiceFactory(unit=far)
    register.DirectAwardVettingFactory(unit=far)
    page = text_of(officer.get(page_of(taken(), "match")))
    near = page[page.index("Nära att passa (2)") :]
    assert ("Åldern:" in near, "tar emot 40–64 år." in near) == (True, True)


def test_agreement_that_ended_long_ago_is_counted_and_not_listed(
    officer: Client, taken: Filed
) -> None:
    gone = register.CareUnitFactory(code="U-gone", name="Videkulla")
    register.CareUnitServiceFactory(unit=gone)
    register.DirectAwardVettingFactory(
        unit=gone, vetted_from=date(2019, 1, 1), vetted_to=date(2020, 12, 31)
    )
    request = taken()
    page = text_of(officer.get(page_of(request, "match")))
    told = "En är inte med här: avtalet tog slut mer än ett år före starten."
    assert ("Nära att passa (1)" in page, "Videkulla" in page, told in page) == (True, False, True)
    assert "Visa alla 2 som är nära att passa" in page
    assert "Videkulla" in text_of(officer.get(page_of(request, "excluded", query="?reason=near")))


def test_excluded_are_counted_by_reason_with_links(officer: Client, taken: Filed) -> None:
    register.CareUnitFactory(code="U-of-other-service")
    request = taken()
    page = text_of(officer.get(page_of(request, "match")))
    url = page_of(request, "excluded")
    assert re.findall(rf'href="{url}\?reason=(\w+)"', page) == ["wrong_service", "no_free_place"]


def test_answers_of_asked_units_stand_at_their_rows(
    world: World, officer: Client, taken: Filed
) -> None:
    request = taken()
    rows.ProviderInquiryFactory(
        request=request, unit_code=FRAMEWORK, asked_by=world.officer, answered=True
    )
    rows.ProviderInquiryFactory(request=request, unit_code=CHEAPER, asked_by=world.officer)
    page = text_of(officer.get(page_of(request, "match")))
    assert ("Tackade nej i dag 09:00" in page, "Frågad i dag 09:00" in page) == (True, True)


def test_new_match_says_why_and_which_units_were_not_chosen(
    world: World, officer: Client, taken: Filed
) -> None:
    request = taken()
    with world.behind_wall_of(world.officer):
        actions.recommend(request_id=request.pk, units=[FRAMEWORK], by=world.officer.actor)
    sent = text_of(officer.get(page_of(request, "match")))
    with world.behind_wall_of(world.social_worker):
        actions.report_outcome(
            request_id=request.pk,
            reason="client_declined",
            text="Vill bo närmare sin syster",
            asks_new_match=True,
            by=world.social_worker.actor,
        )
    page = text_of(officer.get(page_of(request, "match")))
    told = ("Personen tackade nej", "Vill bo närmare sin syster", "Rekommenderad i dag 09:00,")
    assert [text in sent for text in told] == [False, False, False]
    assert [text in page for text in told] == [True, True, True]


def test_distances_stand_in_the_rows_only_where_a_place_is_named(
    world: World, officer: Client, taken: Filed
) -> None:
    near, anywhere = taken(), taken()
    near.near_latitude, near.near_longitude = 57.7, 11.9
    with world.behind_wall_of(world.officer):
        near.save()
    column = 'data-label="Avstånd"'
    shown = [officer.get(page_of(one, "match")).content.decode() for one in (near, anywhere)]
    assert [column in page for page in shown] == [True, False]


def test_colleague_is_told_who_handles_the_request(world: World, taken: Filed) -> None:
    request = taken()
    officers = (world.officer, world.second_officer)
    shown = [text_of(logged_in(user).get(page_of(request, "match"))) for user in officers]
    assert [f"{world.officer} handlägger förfrågan" in page for page in shown] == [False, True]


def test_page_where_nobody_fits_says_what_to_do_and_offers_nothing_to_choose(
    officer: Client, taken: Filed
) -> None:
    for code in (FRAMEWORK, CHEAPER, DIRECT):
        register.StopFactory(
            kind=register.models.StopKind.PAUSED,
            unit=register.models.CareUnit.objects.get(code=code),
        )
    page = text_of(officer.get(page_of(taken(), "match")))
    assert ("Ingen verksamhet passar behovet" in page, chosen(page)) == (True, [])
    assert "Rekommendera</button>" not in page


def test_request_that_nobody_has_can_be_taken_but_not_recommended(
    officer: Client, submitted: Filed
) -> None:
    page = text_of(officer.get(page_of(submitted(), "match")))
    assert ("Ta förfrågan" in page, "Rekommendera</button>" in page, chosen(page)) == (
        True,
        False,
        [],
    )


def test_names_with_markup_are_shown_as_text(officer: Client, taken: Filed) -> None:
    for code, age in (("U-x", None), ("U-y", 90)):
        unit = register.CareUnitFactory(code=code, name=f"{code} {PAYLOAD}", age_from=age)
        register.CareUnitServiceFactory(unit=unit)
        register.DirectAwardVettingFactory(unit=unit)
    page = text_of(officer.get(page_of(taken(), "match")))
    assert (PAYLOAD in page, page.count("&lt;img src=x") > 2) == (False, True)


@pytest.mark.parametrize("name", ["match", "inquiries", "recommend", "excluded", "match-json"])
def test_protected_person_is_nowhere_named(
    world: World, officer: Client, taken: Filed, name: str
) -> None:
    request = taken(
        given_name="Kanariegivet",
        family_name="Kanarieefter",
        address="Kanariegatan 1",
        protection=Protection.MARKED,
    )
    page = text_of(officer.get(page_of(request, name, query=f"?unit={FRAMEWORK}")))
    hidden = ("Kanarie", "K.K.", "191500722390", "Funktionsstöd", "Utredning 3")
    assert [text in page for text in hidden] == [False] * len(hidden)


def test_reading_the_match_is_logged(world: World, officer: Client, taken: Filed) -> None:
    request = taken()
    url = page_of(request, "match")
    officer.get(url)
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('spink.job_tables', '{\"accounts_accessentry\"}', true)")
    assert list(AccessEntry.objects.filter(route=url).values_list("subjects", flat=True)) == [
        [request.reference]
    ]


def more_units(count: int) -> None:
    """Candidates and near misses on the last rung."""
    for number in range(count):
        unit = register.CareUnitFactory(code=f"U-more-{number}", age_from=[18, 50][number % 2])
        register.CareUnitServiceFactory(unit=unit)
        register.DirectAwardVettingFactory(unit=unit)


@pytest.mark.parametrize("size", [2, 60])
def test_queries_are_as_many_whatever_the_size(officer: Client, taken: Filed, size: int) -> None:
    more_units(size)
    request = taken()
    officer.get(page_of(request, "match"))
    counts = []
    for name in ("match", "match-json"):
        with CaptureQueriesContext(connection) as queries:
            officer.get(page_of(request, name))
        counts.append(len(queries))
    assert counts == [QUERIES, JSON_QUERIES]


def test_long_rung_is_cut_and_can_be_shown_whole(officer: Client, taken: Filed) -> None:
    more_units(60)
    request = taken()
    page = text_of(officer.get(page_of(request, "match")))
    assert (len(chosen(page)), "Visa 16 till" in page) == (17, True)
    whole = text_of(officer.get(page_of(request, "match", query="?show=direct_award")))
    assert (len(chosen(whole)), "Visa 16 till" in whole) == (33, False)


def test_json_is_the_outcome_byte_for_byte(officer: Client, taken: Filed) -> None:
    request = taken()
    outcome = match_now(request).outcome
    for excluded in ("near", "all", "none"):
        query = f"?excluded={excluded}"
        answer = officer.get(page_of(request, "match-json", query=query))
        assert answer.headers["Content-Type"] == "application/json"
        assert answer.content == outcome.to_json(excluded)
    assert officer.get(page_of(request, "match-json")).content == outcome.to_json("near")


def test_json_refuses_what_it_does_not_know_as_a_problem(officer: Client, taken: Filed) -> None:
    answer = officer.get(page_of(taken(), "match-json", query="?excluded=some"))
    assert (answer.status_code, answer.headers["Content-Type"]) == (400, "application/problem+json")
    assert json.loads(answer.content)["status"] == 400


def test_json_holds_no_reference_and_nothing_of_the_person(officer: Client, taken: Filed) -> None:
    request = taken()
    text = text_of(officer.get(page_of(request, "match-json", query="?excluded=all")))
    held = (request.reference, "Astrid", "A.L.", START.isoformat())
    assert [one in text for one in held] == [False] * len(held)


def test_excluded_are_listed_with_all_reasons_the_nearest_first(
    officer: Client, taken: Filed
) -> None:
    far = register.CareUnitFactory(code="U-both", name="Tvåskäl", age_from=50, genders=["man"])
    register.CareUnitServiceFactory(unit=far)
    register.DirectAwardVettingFactory(unit=far)
    register.CareUnitFactory(code="U-of-other-service", name="Annat")
    page = text_of(officer.get(page_of(taken(), "excluded")))
    names = re.findall(r'class="row-name"[^>]*>([^<]+)<', page)
    assert names == ["Byalagsgatan", "Tvåskäl", "Annat"]
    row = page[page.index("Tvåskäl") :]
    assert ("från 50 år." in row, "bara för män." in row) == (True, True)


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("?reason=no_free_place", ["Byalagsgatan"]),
        ("?reason=wrong_service", ["Annat"]),
        ("?reason=near", ["Byalagsgatan"]),
        ("?q=annat", ["Annat"]),
        ("?q=annat&reason=age", []),
    ],
)
def test_excluded_are_found_by_reason_and_by_name(
    officer: Client, taken: Filed, query: str, names: list[str]
) -> None:
    register.CareUnitFactory(code="U-of-other-service", name="Annat")
    page = text_of(officer.get(page_of(taken(), "excluded", query=query)))
    assert re.findall(r'class="row-name"[^>]*>([^<]+)<', page) == names


def test_wrong_reason_is_said_at_its_field(officer: Client, taken: Filed) -> None:
    page = text_of(officer.get(page_of(taken(), "excluded", query="?reason=weather")))
    assert 'id="id_reason_error"' in page


def test_marks_of_the_request_are_taken_away_where_its_match_is_read(
    world: World, officer: Client, taken: Filed
) -> None:
    request = taken()
    rows.NotificationFactory(request=request, user=world.officer)
    pages = [text_of(officer.get("/queue/"))]
    officer.get(page_of(request, "match"))
    pages.append(text_of(officer.get("/queue/")))
    assert ["Nytt" in page.partition("<main")[2] for page in pages] == [True, False]


@pytest.mark.parametrize(
    "name", ["match", "excluded", "inquiries", "recommend", "hand-over", "ask-information"]
)
def test_pages_can_be_read_in_english(officer: Client, taken: Filed, name: str) -> None:
    far = register.CareUnitFactory(code="U-old", name="Björkdala", age_from=40, age_to=64)
    register.CareUnitServiceFactory(unit=far)
    register.DirectAwardVettingFactory(unit=far)
    url = page_of(taken(), name, query=f"?unit={FRAMEWORK}")
    officer.post("/language/", {"language": "en"})
    page = text_of(officer.get(url))
    assert ('<html lang="en">' in page, "Behovet" in page) == (True, False)
