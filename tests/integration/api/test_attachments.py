"""Documents and messages of a request through the API: as on its page, and for the own side."""

import pytest
from django.test import override_settings

from placements import actions
from placements.domain.lifecycle import Side
from placements.domain.values import Audience
from placements.models import Attachment, PlacementRequest
from spink.accounts.domain.jobs import SystemJob
from spink.accounts.models import AccessEntry
from spink.accounts.wall import opened_for_job
from spink.foundation.files.kinds import Kind
from spink.foundation.files.scanning import TEST_FILE
from spink.foundation.files.states import Document
from tests.integration.api.conftest import NEW
from tests.integration.placements.test_notifications import deliver
from tests.support.api_clients import REQUESTS, Calling, problem
from tests.support.documents import pdf
from tests.support.small_world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def filed(caller: Calling) -> str:
    """The address of a request that the client has filed."""
    return f"{REQUESTS}/{caller.post(REQUESTS, NEW).json()['reference']}"  # type: ignore[attr-defined]


def stored() -> int:
    with opened_for_job(SystemJob.LOAD_SAMPLE):
        return Attachment.objects.count()


def take(world: World, filed: str) -> PlacementRequest:
    with world.behind_wall_of(world.officer):
        request = PlacementRequest.objects.get(reference=filed.rsplit("/", 1)[1])
        actions.take_request(request_id=request.pk, by=world.officer.actor)
        return request


def test_document_can_be_fetched_once_it_is_checked(caller: Calling, filed: str) -> None:
    added = caller.hand_in(f"{filed}/attachments", "C:\\Temp\\Läkarintyg.PDF", pdf(author="Kim"))
    told = added.json()  # type: ignore[attr-defined]
    assert (added.status_code, added["Location"]) == (201, told["href"])
    assert (told["name"], told["state"], told["content_href"]) == (
        "Läkarintyg.pdf",
        "checking",
        None,
    )
    one = told["href"].removeprefix("/api/v1/")
    assert caller.get(f"{one}/content").status_code == 404

    deliver()

    now = caller.get(one).json()  # type: ignore[attr-defined]
    assert (now["state"], now["content_href"]) == ("clean", f"/api/v1/{one}/content")
    got = caller.get(f"{one}/content", headers={"Accept": "application/pdf"})
    assert (got.status_code, got["Content-Type"], got["X-Content-Type-Options"]) == (
        200,
        "application/pdf",
        "nosniff",
    )
    assert (got.content[:5], b"Kim" in got.content) == (b"%PDF-", False)
    assert "attachment; filename" in got["Content-Disposition"]
    with opened_for_job(SystemJob.REVIEW_ACCESS_LOG):
        read = AccessEntry.objects.filter(route=f"/api/v1/{one}/content"[:120])
        assert [entry.subjects for entry in read] == [[filed.rsplit("/", 1)[1]]] * 2


def test_same_key_keeps_the_document_once_by_what_it_holds(caller: Calling, filed: str) -> None:
    to = f"{filed}/attachments"
    first = caller.hand_in(to, "A.txt", b"Hej", key="once")
    again = caller.hand_in(to, "A.txt", b"Hej", key="once", boundary="another")
    assert (again.status_code, again.content) == (201, first.content)
    other = caller.hand_in(to, "A.txt", b"Nej", key="once")
    assert problem(other) == (422, "idempotency-key-reused")
    renamed = caller.hand_in(to, "B.txt", b"Hej", key="once")
    assert problem(renamed) == (422, "idempotency-key-reused")
    assert stored() == 1


@pytest.mark.parametrize("data", [b"", b"<html>", b"MZ\x00\x01", b"x" * 2000])
@override_settings(ATTACHMENT_MAX_BYTES=1000)
def test_document_that_the_page_does_not_take_is_refused(
    caller: Calling, filed: str, data: bytes
) -> None:
    answer = caller.hand_in(f"{filed}/attachments", "A.pdf", data)
    assert problem(answer) == (422, "invalid-fields")
    assert [one["pointer"] for one in answer.json()["errors"]] == ["/document"]  # type: ignore[attr-defined]
    assert stored() == 0


def test_what_is_no_form_and_what_nobody_could_check_is_not_taken(
    caller: Calling, filed: str
) -> None:
    to = f"{filed}/attachments"
    assert problem(caller.post(to, {"document": "Hej"})) == (415, "unsupported-media-type")
    with override_settings(SCANNER_URL=""):
        assert problem(caller.hand_in(to, "A.txt", b"Hej")) == (503, "unavailable")
    assert stored() == 0


def test_malicious_document_is_refused_and_says_why(caller: Calling, filed: str) -> None:
    caller.hand_in(f"{filed}/attachments", "A.txt", TEST_FILE)
    deliver()
    (told,) = caller.get(f"{filed}/attachments").json()["results"]  # type: ignore[attr-defined]
    assert (told["state"], told["refusal"], told["content_href"]) == ("refused", "infected", None)


def test_own_document_is_withdrawn_with_a_reason_and_the_officers_is_not(
    caller: Calling, filed: str, world: World
) -> None:
    one = caller.hand_in(f"{filed}/attachments", "A.txt", b"Hej").json()["href"]  # type: ignore[attr-defined]
    own = one.removeprefix("/api/v1/")
    request = take(world, filed)
    with world.behind_wall_of(world.officer):
        theirs = actions.add_attachment(
            request_id=request.pk,
            document=Document("B.txt", Kind.TXT, b"Nej"),
            side=Side.PLACING,
            by=world.officer.actor,
        )
    refused = caller.post(f"{filed}/attachments/{theirs.pk}/withdrawal", {"reason": "Fel"})
    assert problem(refused) == (403, "not-allowed")
    told = caller.post(f"{own}/withdrawal", {"reason": "Fel dokument"}).json()  # type: ignore[attr-defined]
    assert (told["state"], told["withdrawal_reason"]) == ("withdrawn", "Fel dokument")
    again = caller.post(f"{own}/withdrawal", {"reason": "Fel dokument"})
    assert problem(again) == (409, "state-conflict")


def test_request_that_has_ended_takes_no_document(caller: Calling, filed: str) -> None:
    etag = caller.get(filed)["ETag"]
    body = {"reason": "solved_otherwise"}
    caller.post(f"{filed}/withdrawal", body, headers={"If-Match": etag})
    late = caller.hand_in(f"{filed}/attachments", "A.txt", b"Hej")
    assert (problem(late), stored()) == ((409, "state-conflict"), 0)


def test_conversation_is_read_without_the_officers_own_notes(
    caller: Calling, filed: str, world: World
) -> None:
    caller.post(f"{filed}/messages", {"text": "Beslutet är fattat."})
    request = take(world, filed)
    with world.behind_wall_of(world.officer):
        for text, audience in (("Vi letar.", Audience.BOTH), ("Bara oss.", Audience.PLACING)):
            actions.write(
                request_id=request.pk,
                text=text,
                audience=audience,
                by=world.officer.actor,
                side=Side.PLACING,
            )
    said = caller.get(f"{filed}/messages").json()["results"]  # type: ignore[attr-defined]
    assert [one["text"] for one in said] == ["Beslutet är fattat.", "Vi letar."]
