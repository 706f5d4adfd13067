"""Documents on a request: handed in, checked, opened by those who see it, taken back."""

import logging
import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django.fixtures import Settings

from placements import actions
from placements.domain.attachments import MOST, MOST_EVER, TooManyAttachments
from placements.domain.lifecycle import Side
from placements.models import Attachment, PlacementRequest, TimelineEntry
from spink.accounts import wall
from spink.accounts.domain.jobs import SystemJob
from spink.accounts.models import AccessEntry, User
from spink.foundation import clock
from spink.foundation.files import vault
from spink.foundation.files.kinds import Kind
from spink.foundation.files.scanning import TEST_FILE
from spink.foundation.files.states import Document, FileState
from spink.foundation.files.sweeping import sweep_files
from spink.foundation.models import AuditEntry, OutboxEvent
from tests.factories.placements import AttachmentFactory
from tests.integration.placements.conftest import Filed, World
from tests.integration.placements.placing.conftest import logged_in, page_of, text_of
from tests.integration.placements.test_notifications import deliver, told_of
from tests.support.documents import docx, jpeg, pdf

CANARY = b"Kanariehandling"
HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def browser(world: World) -> Client:
    return logged_in(world.social_worker)


@pytest.fixture
def committed(django_capture_on_commit_callbacks: Any) -> Iterator[None]:
    """What waits for the commit happens at the end of the test's own steps."""
    return django_capture_on_commit_callbacks(execute=True)


def hand_in(browser: Client, request: PlacementRequest, name: str, data: bytes) -> Any:
    sent = {"document": SimpleUploadedFile(name, data)}
    return browser.post(page_of(request, "documents"), sent)


def stored(request: PlacementRequest) -> list[Attachment]:
    with wall.opened_for_job(SystemJob.LOAD_SAMPLE):
        return list(Attachment.objects.filter(request=request).order_by("added_at", "id"))


def only(request: PlacementRequest) -> Attachment:
    (found,) = stored(request)
    return found


def add(world: World, request: PlacementRequest, by: User, **given: Any) -> Attachment:
    document = Document(**({"name": "A.txt", "kind": Kind.TXT, "data": CANARY} | given))
    side = Side.PLACING if by in (world.officer, world.second_officer) else Side.FILING
    with world.behind_wall_of(by):
        return actions.add_attachment(
            request_id=request.pk, document=document, side=side, by=by.actor
        )


def test_document_is_checked_before_anybody_gets_it(
    world: World, taken: Filed, browser: Client
) -> None:
    request = taken()
    answer = hand_in(browser, request, "C:\\Temp\\Läkarintyg.PDF", pdf(author="Kim"))
    assert answer.status_code == 302
    attachment = only(request)
    address = page_of(request, "document", attachment.pk)
    listed = text_of(browser.get(page_of(request, "documents")))
    assert ("Läkarintyg.pdf" in listed, f'href="{address}"' in listed) == (True, False)
    assert browser.get(address).status_code == 404

    deliver()

    for user in (world.social_worker, world.colleague, world.officer):
        got = logged_in(user).get(address)
        assert (got.status_code, got["Content-Type"]) == (200, "application/pdf")
        assert got.content.startswith(b"%PDF-")
        assert b"Kim" not in got.content
    assert told_of("attachment_found_clean") == {world.officer}


def test_document_is_given_out_to_be_saved_and_never_as_a_page(
    taken: Filed, browser: Client
) -> None:
    request = taken()
    hand_in(browser, request, "Ärende: ja.txt", b"Hej")
    deliver()
    got = browser.get(page_of(request, "document", only(request).pk))
    headers = ("Content-Disposition", "Content-Security-Policy", "X-Content-Type-Options")
    assert [got[name] for name in headers] == [
        "attachment; filename*=utf-8''%C3%84rende_%20ja.txt",
        "sandbox; default-src 'none'; frame-ancestors 'none'",
        "nosniff",
    ]
    assert got["Cache-Control"] == "no-store, private"


def test_every_opening_is_logged_with_the_reference(
    world: World, taken: Filed, browser: Client
) -> None:
    request = taken()
    add(world, request, world.social_worker)
    deliver()
    address = page_of(request, "document", only(request).pk)
    browser.get(address)
    with wall.opened_for_job(SystemJob.REVIEW_ACCESS_LOG):
        entry = AccessEntry.objects.get(route=address)
    assert (entry.subjects, entry.actor_id) == ([request.reference], str(world.social_worker.pk))


def test_document_lies_encrypted_under_a_random_name(
    world: World, taken: Filed, attachments_root: Path
) -> None:
    request = taken()
    add(world, request, world.social_worker, name="Kanarienamn.txt")
    deliver()
    attachment = only(request)
    path = attachments_root / attachment.stored_as[:2] / attachment.stored_as
    assert (path.stat().st_mode & 0o777, CANARY in path.read_bytes()) == (0o600, False)
    assert vault.read(attachment.stored_as) == CANARY
    with wall.opened_for_job(SystemJob.LOAD_SAMPLE), connection.cursor() as cursor:
        cursor.execute("SELECT t::text FROM placements_attachment t")
        assert "Kanarienamn" not in cursor.fetchone()[0]


def test_name_of_a_document_stands_in_no_event_no_audit_row_and_no_log(
    world: World, taken: Filed, browser: Client, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    request = taken()
    hand_in(browser, request, "Kanarienamn.txt", TEST_FILE)
    deliver()
    rows = [*OutboxEvent.objects.values_list(), *AuditEntry.objects.values_list()]
    assert "Kanarienamn" not in f"{rows}{caplog.text}"


def test_malicious_document_is_refused_removed_and_its_owner_told(
    world: World, taken: Filed, browser: Client, attachments_root: Path, committed: Any
) -> None:
    request = taken()
    hand_in(browser, request, "prov.txt", TEST_FILE)
    came_as = only(request).stored_as
    with committed:
        deliver()
    attachment = only(request)
    assert (attachment.state, attachment.refusal, attachment.stored_as) == (
        FileState.REFUSED,
        "infected",
        "",
    )
    assert not (attachments_root / came_as[:2] / came_as).exists()
    assert browser.get(page_of(request, "document", attachment.pk)).status_code == 404
    assert told_of("attachment_refused") == {world.social_worker}
    assert told_of("attachment_found_clean") == set()
    assert "skadligt" in text_of(browser.get(page_of(request, "documents")))


@pytest.mark.parametrize("url", ["tcp://127.0.0.1:9", ""])
def test_document_waits_as_long_as_no_scanner_answers(
    world: World, taken: Filed, browser: Client, settings: Settings, url: str
) -> None:
    request = taken()
    add(world, request, world.social_worker)
    settings.SCANNER_URL = url
    deliver()
    attachment = only(request)
    assert attachment.state == FileState.CHECKING
    assert browser.get(page_of(request, "document", attachment.pk)).status_code == 404
    waiting = OutboxEvent.objects.get(name="attachment_added")
    assert (waiting.handled_at, CANARY.decode() in waiting.last_error) == (None, False)


def test_without_a_scanner_nothing_is_taken(
    taken: Filed, browser: Client, settings: Settings
) -> None:
    request = taken()
    settings.SCANNER_URL = ""
    assert 'type="file"' not in text_of(browser.get(page_of(request, "documents")))
    assert hand_in(browser, request, "a.txt", b"Hej").status_code == 422
    assert stored(request) == []


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("intyg.pdf", b"MZ\x90\x00 a program"),
        ("sida.txt", b"<script>alert(1)</script>"),
        ("tom.txt", b""),
        ("stor.txt", b"a" * 2001),
    ],
)
def test_file_that_is_not_taken_says_why_at_the_field(
    taken: Filed, browser: Client, settings: Settings, name: str, data: bytes
) -> None:
    settings.ATTACHMENT_MAX_BYTES = 2000
    request = taken()
    answer = hand_in(browser, request, name, data)
    assert (answer.status_code, "id_document_error" in text_of(answer)) == (422, True)
    assert stored(request) == []


def test_number_of_a_person_is_taken_away_from_the_name_and_that_is_said(
    taken: Filed, browser: Client
) -> None:
    request = taken()
    hand_in(browser, request, "Intyg 19150072-2390.jpg", jpeg())
    page = text_of(browser.get(page_of(request, "documents")))
    assert ("Intyg.jpg" in page, "2390" in page, "personnummer" in page) == (True, False, True)


def test_document_of_another_request_is_not_found_by_its_number(
    world: World, taken: Filed, browser: Client
) -> None:
    mine, other = taken(), taken()
    attachment = AttachmentFactory(request=other, added_by=world.social_worker)
    here = [page_of(mine, name, attachment.pk) for name in ("document", "take-back")]
    assert [browser.get(address).status_code for address in here] == [404, 404]
    far = logged_in(world.other_department)
    assert far.get(page_of(other, "document", attachment.pk)).status_code == 404
    elsewhere = logged_in(world.other_officer)
    assert elsewhere.get(page_of(other, "document", attachment.pk)).status_code == 404


def test_draft_has_documents_which_the_placing_side_sees_once_it_is_sent(
    world: World, draft: Filed, browser: Client
) -> None:
    request = draft()
    hand_in(browser, request, "Utredning.docx", docx())
    deliver()
    address = page_of(request, "document", only(request).pk)
    officer = logged_in(world.officer)
    assert "Utredning.docx" in text_of(browser.get(page_of(request, "edit")))
    assert [one.get(address).status_code for one in (browser, officer)] == [200, 404]
    assert told_of("attachment_found_clean") == set()
    with world.behind_wall_of(world.social_worker):
        actions.submit_request(request_id=request.pk, by=world.social_worker.actor)
    assert officer.get(address).status_code == 200


def test_document_of_a_draft_is_removed_by_the_one_who_added_it(
    world: World, draft: Filed, browser: Client, attachments_root: Path, committed: Any
) -> None:
    request = draft()
    attachment = add(world, request, world.social_worker)
    address = page_of(request, "take-back", attachment.pk)
    colleague = logged_in(world.colleague)
    assert [colleague.get(address).status_code, browser.get(address).status_code] == [403, 200]
    assert colleague.post(address).status_code == 403
    with committed:
        assert browser.post(address).status_code == 302
    assert stored(request) == []
    assert not (attachments_root / attachment.stored_as[:2] / attachment.stored_as).exists()
    deliver()  # the check finds nothing to check
    assert OutboxEvent.objects.filter(handled_at=None).count() == 0


def test_document_of_a_sent_request_is_withdrawn_with_a_reason_and_kept(
    world: World, taken: Filed, browser: Client
) -> None:
    request = taken()
    attachment = add(world, request, world.social_worker, name="Fel.txt")
    deliver()
    address = page_of(request, "take-back", attachment.pk)
    assert logged_in(world.officer).post(address, {"reason": "x"}).status_code == 403
    assert browser.post(address, {"reason": " "}).status_code == 422
    assert browser.post(address, {"reason": "Fel handling"}).status_code == 302

    kept = only(request)
    assert (kept.withdrawal_reason, vault.read(kept.stored_as)) == ("Fel handling", CANARY)
    assert browser.get(page_of(request, "document", attachment.pk)).status_code == 404
    page = text_of(logged_in(world.officer).get(page_of(request, "documents")))
    assert ("Fel handling" in page, "Återtagen" in page) == (True, True)
    with world.behind_wall_of(world.officer):
        told = TimelineEntry.objects.filter(request=request, kind__contains="attach")
        assert list(told.order_by("id").values_list("kind", "text", "facts")) == [
            ("attach", "", {"attachment": str(attachment.pk)}),
            ("withdraw_attachment", "Fel handling", {"attachment": str(attachment.pk)}),
        ]
    timeline = text_of(browser.get(page_of(request, "timeline")))
    assert ("Fel.txt: Fel handling" in timeline, timeline.count("Fel.txt")) == (True, 2)


def test_document_withdrawn_twice_is_withdrawn_once(world: World, taken: Filed) -> None:
    request = taken()
    attachment = add(world, request, world.social_worker)
    with world.behind_wall_of(world.social_worker):
        given = {"request_id": request.pk, "attachment_id": attachment.pk}
        by = world.social_worker.actor
        actions.withdraw_attachment(**given, reason="Ett", by=by)
        with pytest.raises(actions.NotWithdrawable):
            actions.withdraw_attachment(**given, reason="Två", by=by)


def test_place_of_a_withdrawn_document_is_free_again_and_there_are_no_more_than_so_many(
    world: World, taken: Filed, browser: Client
) -> None:
    request = taken()
    for place in range(1, MOST + 1):
        AttachmentFactory(request=request, place=place, added_by=world.social_worker)
    with pytest.raises(TooManyAttachments):
        add(world, request, world.social_worker)
    assert hand_in(browser, request, "en till.txt", b"Hej").status_code == 422
    with world.behind_wall_of(world.social_worker):
        actions.withdraw_attachment(
            request_id=request.pk,
            attachment_id=stored(request)[4].pk,
            reason="Fel",
            by=world.social_worker.actor,
        )
    assert add(world, request, world.social_worker).place in range(1, MOST + 1)


def test_withdrawn_documents_are_kept_and_so_they_count(world: World, taken: Filed) -> None:
    request = taken()
    by = {"added_by": world.social_worker, "withdrawn_by": world.social_worker}
    AttachmentFactory.create_batch(
        MOST_EVER, request=request, withdrawn_at=clock.now(), withdrawal_reason="Fel", **by
    )
    with pytest.raises(TooManyAttachments):
        add(world, request, world.social_worker)


@pytest.mark.parametrize("place", [1, 0, MOST + 1])
def test_database_holds_the_number_of_documents_by_itself(taken: Filed, place: int) -> None:
    request = taken()
    AttachmentFactory(request=request, place=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        AttachmentFactory(request=request, place=place)


def test_ended_request_takes_no_more_documents(world: World, taken: Filed, browser: Client) -> None:
    request = taken()
    with world.behind_wall_of(world.social_worker):
        actions.withdraw_request(
            request_id=request.pk, reason="no_longer_needed", by=world.social_worker.actor
        )
    assert hand_in(browser, request, "a.txt", b"Hej").status_code == 403
    assert 'type="file"' not in text_of(browser.get(page_of(request, "documents")))
    with pytest.raises(actions.AttachmentsClosed):
        add(world, request, world.social_worker)


def test_list_looks_again_by_itself_as_long_as_something_is_checked_and_not_for_ever(
    world: World, taken: Filed, browser: Client
) -> None:
    request = taken()
    add(world, request, world.social_worker)
    address = page_of(request, "documents")
    first, later = (text_of(browser.get(f"{address}?looked={n}", **HTMX)) for n in (0, 3))
    last = text_of(browser.get(f"{address}?looked=8", **HTMX))
    assert ["<html" in text for text in (first, later, last)] == [False, False, False]
    assert ("delay:1s" in first, "delay:8s" in later, "hx-get" in last) == (True, True, False)
    deliver()
    assert "hx-get" not in text_of(browser.get(address, **HTMX))


@pytest.mark.parametrize("count", [1, 6])
def test_list_of_documents_takes_the_same_queries_whatever_their_number(
    world: World, taken: Filed, browser: Client, count: int
) -> None:
    request = taken()
    for place in range(1, count + 1):
        AttachmentFactory(request=request, place=place)
    browser.get(page_of(request, "documents"))
    with CaptureQueriesContext(
        connection,
    ) as asked:
        browser.get(page_of(request, "documents"))
    assert len(asked) == 10


def test_files_that_no_row_names_are_swept_after_a_day(
    world: World, taken: Filed, attachments_root: Path
) -> None:
    request = taken()
    kept = add(world, request, world.social_worker).stored_as
    orphan, fresh = vault.keep(b"orphan"), vault.keep(b"fresh")
    half = attachments_root / orphan[:2] / f"{orphan}.half"
    half.write_bytes(b"half")
    for path in (attachments_root / kept[:2] / kept, attachments_root / orphan[:2] / orphan, half):
        os.utime(path, (time.time() - 90_000,) * 2)
    assert sweep_files() == 1
    assert [vault.read(kept), vault.read(fresh), half.exists()] == [CANARY, b"fresh", False]
    with pytest.raises(vault.Missing):
        vault.read(orphan)
