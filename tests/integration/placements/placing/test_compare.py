"""Two to four units side by side: what differs, what is not known, and on to a recommendation."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from placements.domain.values import Answer
from providers.models import CareUnit
from tests.factories import placements as rows
from tests.factories import providers as register
from tests.factories.control import SiteVisitFactory, visited
from tests.integration.placements.conftest import CHEAPER, DIRECT, FRAMEWORK, OWN, Filed, World
from tests.integration.placements.placing.conftest import page_of, text_of
from tests.integration.placements.test_exceptions import changed

pytestmark = pytest.mark.usefixtures("units")

QUERIES = 20


def compared(client: Client, request: object, *codes: str) -> str:
    query = "?" + "&".join(f"unit={code}" for code in codes)
    return text_of(client.get(page_of(request, "compare", query=query)))  # type: ignore[arg-type]


def row_of(page: str, title: str) -> list[str]:
    """The cells of a row without their marks; the first says whether they differ."""
    found = re.search(rf'<tr role="row"><th[^>]*>{title}(.*?)</tr>', page, re.DOTALL)
    assert found
    head, *cells = re.split(r"<td ", found.group(1))
    texts = [re.sub(r"<[^>]+>", " ", cell.partition(">")[2]).split() for cell in cells]
    return ["differs" if "Skiljer sig" in head else "", *(" ".join(text) for text in texts)]


def test_each_row_says_what_differs(officer: Client, taken: Filed) -> None:
    changed(FRAMEWORK, methods=["MI"], staffing="Vaken natt")
    page = compared(officer, taken(), FRAMEWORK, CHEAPER)
    assert {title: row_of(page, title) for title in ROWS} == ROWS


ROWS = {
    "Passar": ["", "Passar", "Passar"],
    "Regiform": ["", "Ramavtal", "Ramavtal"],
    "Särskilt behov av tillsyn": ["differs", "Möts", "Möts inte"],
    "Pris<": ["differs", "2 950 kr gäller från 1 mar 2025", "2 900 kr gäller från 1 mar 2025"],
    "Pris för hela tiden": ["", *["Okänt: förfrågan har inget slutdatum"] * 2],
    "Metoder": ["differs", "MI", "inte känt"],
    "Bemanning": ["differs", "Vaken natt", "inte känt"],
    "Stopp och anmärkningar": ["", "Inga", "Inga"],
    "Senaste besök": ["", *["Inget besök finns i registret"] * 2],
}


def test_last_visit_and_what_was_found_stand_side_by_side(officer: Client, taken: Filed) -> None:
    visited(care_unit=CareUnit.objects.get(code=CHEAPER), made_on=date(2024, 5, 2))
    visited(care_unit=CareUnit.objects.get(code=CHEAPER))
    SiteVisitFactory(care_unit=CareUnit.objects.get(code=FRAMEWORK))
    page = compared(officer, taken(), FRAMEWORK, CHEAPER)
    visits = ["Inget besök finns i registret", "14 feb 2025 Bedömd som lämplig"]
    assert row_of(page, "Senaste besök") == ["differs", *visits]


def test_excluded_unit_says_why_and_where_it_would_stand(officer: Client, taken: Filed) -> None:
    page = compared(officer, taken(), OWN, DIRECT)
    assert (
        row_of(page, "Passar")[1]
        == "Passar inte Ingen ledig plats: det är inte känt när nästa blir ledig."
    )
    assert row_of(page, "Regiform") == ["differs", "Egen regi", "Direktupphandling"]
    assert row_of(page, "Avtal") == [
        "differs",
        "Egen verksamhet, inget avtal behövs",
        "Kontrollerad för direktupphandling tills vidare",
    ]


def test_stop_is_said_and_its_unit_has_no_rung(officer: Client, taken: Filed) -> None:
    register.StopFactory(unit=changed(DIRECT))
    page = compared(officer, taken(), DIRECT, FRAMEWORK)
    assert row_of(page, "Stopp och anmärkningar") == ["differs", "Rekommendationsstopp", "Inga"]
    assert row_of(page, "Regiform") == ["differs", "Inget trappsteg", "Ramavtal"]
    assert row_of(page, "Passar")[1] == "Passar inte Stoppad."


def test_answer_and_how_sure_the_places_are(world: World, officer: Client, taken: Filed) -> None:
    request = taken()
    rows.ProviderInquiryFactory(
        request=request,
        unit_code=FRAMEWORK,
        asked_by=world.officer,
        answered=True,
        answer=Answer.YES,
    )
    page = compared(officer, request, FRAMEWORK, CHEAPER)
    assert row_of(page, "Tillfrågad om plats")[2] == "Inte tillfrågad"
    assert "Ingen har bekräftat" in row_of(page, "Lediga platser")[1]


def test_address_keeps_the_choice_in_its_order(officer: Client, taken: Filed) -> None:
    request = taken()
    page = compared(officer, request, DIRECT, FRAMEWORK)
    names = re.findall(
        r'<th role="columnheader" scope="col"><a class="unit-name"[^>]*>([^<]+)', page
    )
    assert names == ["Sjövik", "Ekhagen"]
    back = f"{page_of(request, 'match')}?unit={DIRECT}&amp;unit={FRAMEWORK}"
    assert back in page
    assert f'action="{page_of(request, "recommend")}"' in page


@pytest.mark.parametrize(
    ("codes", "expected"),
    [
        ([], (False, True)),
        (["U-unknown", "U\0"], (False, True)),
        ([FRAMEWORK], (True, True)),
        ([FRAMEWORK, FRAMEWORK], (True, True)),
        ([FRAMEWORK, CHEAPER], (True, False)),
    ],
)
def test_fewer_than_two_are_told_what_to_do(
    officer: Client, taken: Filed, codes: list[str], expected: tuple[bool, bool]
) -> None:
    answer = officer.get(page_of(taken(), "compare"), {"unit": codes})
    page = text_of(answer)
    assert answer.status_code == 200
    assert ("<table" in page, "Välj två till fyra verksamheter" in page) == expected


def test_more_than_four_are_said_to_be_left_out(officer: Client, taken: Filed) -> None:
    codes = [register.CareUnitFactory().code for _ in range(5)]
    page = compared(officer, taken(), *codes)
    assert ("De första 4 visas" in page, page.count('scope="col"')) == (True, 5)


def test_another_service_is_said(officer: Client, taken: Filed) -> None:
    other = register.CareUnitServiceFactory(service_type_id="treatment").unit
    page = compared(officer, taken(), other.code, FRAMEWORK)
    assert row_of(page, "Passar")[1] == "Passar inte En annan insats."


@pytest.mark.parametrize("codes", [[FRAMEWORK, CHEAPER], [FRAMEWORK, CHEAPER, OWN, DIRECT]])
def test_queries_are_as_many_whatever_is_compared(
    officer: Client, taken: Filed, codes: list[str]
) -> None:
    request = taken()
    compared(officer, request, *codes)
    with CaptureQueriesContext(connection) as queries:
        compared(officer, request, *codes)
    assert len(queries) == QUERIES


def test_match_page_offers_to_compare_and_chooses_near_misses_too(
    officer: Client, taken: Filed
) -> None:
    page = text_of(officer.get(page_of(taken(), "match")))
    assert "compare/" in page
    assert f'form="choice" name="unit" value="{OWN}"' in page
