"""A recommendation on paper: the same to both sides, logged as read, with nothing in its name."""

from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from pypdf import PdfReader

from placements import actions
from placements.models import PlacementRequest
from spink.accounts.domain.jobs import SystemJob
from spink.accounts.models import AccessEntry
from spink.accounts.wall import opened_for_job
from tests.integration.placements.conftest import FRAMEWORK, OWN, Filed, World
from tests.integration.placements.placing.conftest import logged_in, page_of, text_of
from tests.integration.placements.test_exceptions import CONFIRMED

pytestmark = pytest.mark.usefixtures("units")

MESSAGE = "Ring Åsa på Ekhagen.\n\nHon väntar på dig – helst före lunch. Zoë, 渋谷"


@pytest.fixture
def sent(world: World, taken: Filed) -> PlacementRequest:
    request = taken()
    with world.behind_wall_of(world.officer):
        actions.recommend(
            request_id=request.pk,
            units=[OWN, FRAMEWORK],
            message=MESSAGE,
            exceptions={OWN: CONFIRMED},
            by=world.officer.actor,
        )
    return request


def fetched(client: Client, request: PlacementRequest) -> Any:
    return client.get(page_of(request, "recommendation-pdf", 1))


def words_of(answer: Any) -> str:
    pages = PdfReader(BytesIO(answer.content)).pages
    return " ".join(" ".join(page.extract_text().split()) for page in pages)


def test_pdf_says_what_was_recommended_and_what_it_rests_on(
    world: World, sent: PlacementRequest
) -> None:
    for user in (world.social_worker, world.officer):
        words = words_of(fetched(logged_in(user), sent))
        told = (
            f"Rekommendation 1, förfrågan {sent.reference}",
            "Skickad 3 mars 2025 09:00 av",
            "Ring Åsa på Ekhagen.",
            "Hon väntar på dig – helst före lunch. Zoë",
            "Fråga i första hand: Byalagsgatan",
            "Undantag Registrets uppgift om platser stämmer inte Två platser lediga",
            "Bekräftat av Mona Ek 3 mars 2025",
            "Fråga i andra hand: Ekhagen",
            "2 950 kr per dygn gäller från 1 mar 2025",
            "registret nr",
            "Uttagen 3 mars 2025 09:00.",
            "1 (1)",
        )
        assert [text in words for text in told] == [True] * len(told)


def test_pdf_is_tagged_in_reading_order_and_names_its_language(
    world: World, sent: PlacementRequest
) -> None:
    reader = PdfReader(BytesIO(fetched(logged_in(world.officer), sent).content))
    root = reader.trailer["/Root"]
    (document,) = root["/StructTreeRoot"]["/K"]
    tags = [one.get_object()["/S"] for one in document.get_object()["/K"]]
    assert (root["/Lang"], root["/MarkInfo"]["/Marked"]) == ("sv", True)
    assert (tags[0], tags.count("/H2"), set(tags)) == ("/H1", 3, {"/H1", "/H2", "/P"})
    assert reader.metadata is not None
    assert reader.metadata.title == f"Rekommendation 1, förfrågan {sent.reference}"


def test_pdf_is_kept_nowhere_and_its_name_is_the_reference(
    world: World, sent: PlacementRequest
) -> None:
    answer = fetched(logged_in(world.social_worker), sent)
    assert {name: answer[name] for name in HEADERS} == HEADERS | {
        "Content-Disposition": f'attachment; filename="{sent.reference}-1.pdf"'
    }


HEADERS = {
    "Content-Type": "application/pdf",
    "Cache-Control": "no-store, private",
    "Content-Disposition": "",
}


@pytest.mark.parametrize("name", ["recommendation-pdf", "recommendation-print"])
def test_reading_it_is_logged(world: World, sent: PlacementRequest, name: str) -> None:
    with opened_for_job(SystemJob.REVIEW_ACCESS_LOG):
        before = AccessEntry.objects.count()
    assert logged_in(world.social_worker).get(page_of(sent, name, 1)).status_code == 200
    with opened_for_job(SystemJob.REVIEW_ACCESS_LOG):
        entry = AccessEntry.objects.order_by("-at")[0]
        assert (AccessEntry.objects.count() - before, entry.subjects) == (1, [sent.reference])


@pytest.mark.parametrize("name", ["recommendation-pdf", "recommendation-print"])
@pytest.mark.parametrize("number", [0, 2, 99999])
def test_what_was_not_recommended_is_not_found(
    world: World, sent: PlacementRequest, name: str, number: int
) -> None:
    assert logged_in(world.officer).get(page_of(sent, name, number)).status_code == 404


@pytest.mark.parametrize("name", ["recommendation-pdf", "recommendation-print"])
def test_others_find_nothing(world: World, sent: PlacementRequest, name: str) -> None:
    for user in (world.other_department, world.other_officer):
        assert logged_in(user).get(page_of(sent, name, 1)).status_code == 404


def test_page_to_print_says_the_same(world: World, sent: PlacementRequest) -> None:
    page = text_of(logged_in(world.social_worker).get(page_of(sent, "recommendation-print", 1)))
    told = ("Byalagsgatan", "Med undantag", "Ekhagen", "gäller från 1 mar 2025", "Zoë, 渋谷")
    assert [text in page for text in told] == [True] * len(told)
    assert page_of(sent, "recommendation-pdf", 1) in page


def test_long_message_flows_over_pages(world: World, taken: Filed) -> None:
    request = taken()
    message = "\n".join(f"Rad {number} åäö" for number in range(200))
    with world.behind_wall_of(world.officer):
        actions.recommend(
            request_id=request.pk, units=[FRAMEWORK], message=message, by=world.officer.actor
        )
    answer = fetched(logged_in(world.officer), request)
    words = words_of(answer)
    assert len(PdfReader(BytesIO(answer.content)).pages) > 2
    assert [f"Rad {number} åäö" in words for number in (0, 199)] == [True, True]
