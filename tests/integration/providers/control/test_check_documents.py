"""Documents that checks rest on: handed in, checked, opened by those who may, removed in time."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.test import Client
from pytest_django.fixtures import Settings

from providers.actions.control import documents as actions
from providers.actions.control import vettings
from providers.domain.control.checks import OF_COURTS
from providers.domain.control.documents import MOST, TooManyDocuments
from providers.domain.control.review import ReviewStepNotAllowed
from providers.domain.control.vetting import VettingStepNotAllowed
from providers.models import CheckDocument, ProviderCheck, Review, Vetting, VettingEntry
from spink.accounts import wall
from spink.accounts.domain.jobs import SystemJob
from spink.accounts.domain.roles import Role
from spink.accounts.models import AccessEntry, User
from spink.accounts.queries import reach_of_user
from spink.foundation import outbox
from spink.foundation.bad_input import BadInput
from spink.foundation.files import vault
from spink.foundation.files.kinds import Kind
from spink.foundation.files.scanning import TEST_FILE
from spink.foundation.files.states import Document, FileState
from spink.foundation.files.sweeping import sweep_files
from spink.foundation.models import AuditEntry, OutboxEvent
from tests.conftest import MORNING
from tests.factories import providers as made
from tests.factories.accounts import holding, place_of
from tests.factories.control import (
    CheckDocumentFactory,
    ProviderCheckFactory,
    ReviewFactory,
    VettingFactory,
)
from tests.integration.providers.test_register_pages import client_of
from tests.support.documents import pdf

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("catalogue", "frozen_clock", "attachments_root"),
]

TODAY = MORNING.date()
JOB = SystemJob.CHECK_DOCUMENTS_OF_CHECKS
CANARY = b"Kanarieutdrag"


@pytest.fixture
def siv() -> User:
    return holding(Role.QUALITY_CONTROLLER, first_name="Siv", last_name="Ek")


@pytest.fixture
def client(siv: User) -> Client:
    return client_of(siv)


def deliver() -> None:
    for event in OutboxEvent.objects.filter(name="check_document_added", handled_at=None):
        outbox.handle(event.pk)


@pytest.fixture(autouse=True)
def _within_the_wall(siv: User) -> Iterator[None]:
    with wall.opened_for(reach_of_user(siv)):
        yield


def only() -> CheckDocument:
    with wall.opened_for_job(JOB):
        return CheckDocument.objects.get()


def page_of(check: ProviderCheck, document: CheckDocument | None = None, rest: str = "") -> str:
    page = f"/control/checks/{check.pk}/documents/"
    return f"{page}{document.pk}/{rest}" if document else page


def hand_in(client: Client, check: ProviderCheck, name: str, data: bytes) -> Any:
    return client.post(page_of(check), {"document": SimpleUploadedFile(name, data)})


def paper(name: str = "Utdrag.txt") -> Document:
    return Document(name, Kind.TXT, CANARY)


def sent(vetting: Vetting, **given: Any) -> dict[str, Any]:
    return {
        "version": vetting.version,
        "result": "passed",
        "source": "Kronofogden",
        "made_on": "2025-03-03",
        "holds_until": "2025-09-01",
        **given,
    }


def test_check_rests_on_a_document_in_place_of_a_reference(client: Client, siv: User) -> None:
    unit = made.CareUnitFactory()
    vetting = VettingFactory(provider=unit.provider, checks=["debts"])
    url = f"/control/vettings/{vetting.pk}/checks/debts/"
    assert client.post(url, sent(vetting)).status_code == 422
    document = SimpleUploadedFile("C:\\Temp\\Utdrag 19150072-2390.PDF", pdf(author="Kim"))
    assert client.post(url, sent(vetting, document=document)).status_code == 302

    page = client.get(f"/control/vettings/{vetting.pk}/").content.decode()
    assert ("Utdrag.pdf: Kontrolleras" in page, "underlag saknas" in page) == (True, True)
    assert client.get(page_of(ProviderCheck.objects.get(), only())).status_code == 404
    deliver()

    page = client.get(f"/control/vettings/{vetting.pk}/").content.decode()
    assert ("underlag saknas" in page, "2390" in page) == (False, False)
    got = client.get(page_of(ProviderCheck.objects.get(), only()))
    headers = ("Content-Type", "Content-Disposition", "X-Content-Type-Options")
    assert [got[name] for name in headers] == [
        "application/pdf",
        'attachment; filename="Utdrag.pdf"',
        "nosniff",
    ]
    assert (got.content.startswith(b"%PDF-"), b"Kim" in got.content) == (True, False)
    with wall.opened_for_job(SystemJob.REVIEW_ACCESS_LOG):
        entry = AccessEntry.objects.get(route=page_of(ProviderCheck.objects.get(), only()))
    assert (entry.subjects, entry.actor_id) == ([vetting.reference], str(siv.pk))


def test_document_that_is_refused_is_told_of_and_the_check_rests_on_nothing(
    client: Client, attachments_root: Path, django_capture_on_commit_callbacks: Any
) -> None:
    check = ProviderCheckFactory(evidence="", by_document=True, vetting__checks=["finances"])
    assert hand_in(client, check, "prov.txt", TEST_FILE).status_code == 302
    came_as = only().stored_as
    with django_capture_on_commit_callbacks(execute=True):
        deliver()
    document = only()
    assert (document.state, document.stored_as) == (FileState.REFUSED, "")
    assert not (attachments_root / came_as[:2] / came_as).exists()
    assert "skadligt" in client.get(page_of(check)).content.decode()
    page = client.get(f"/control/vettings/{check.vetting_id}/").content.decode()
    assert "underlag saknas" in page


def test_document_is_removed_with_a_trace_until_it_is_decided(
    client: Client, siv: User, attachments_root: Path, django_capture_on_commit_callbacks: Any
) -> None:
    unit = made.CareUnitFactory()
    check = ProviderCheckFactory(
        vetting__provider=unit.provider, vetting__checks=["finances"], made_on=TODAY
    )
    for name in ("Fel.txt", "Rätt.txt"):
        actions.add_document(check_id=check.pk, document=paper(name), by=siv.actor)
    deliver()
    with wall.opened_for_job(JOB):
        wrong, right = CheckDocument.objects.order_by("pk")
        if wrong.name != "Fel.txt":
            wrong, right = right, wrong
    address = page_of(check, wrong, "remove/")
    assert client.post(address, {"because": " "}).status_code == 422
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(address, {"because": "Annat bolag"}).status_code == 302
    assert not (attachments_root / wrong.stored_as[:2] / wrong.stored_as).exists()
    assert client.get(page_of(check, wrong)).status_code == 404
    page = client.get(page_of(check)).content.decode()
    assert "Borttagen av Siv Ek: Annat bolag" in page
    steps = VettingEntry.objects.order_by("pk").values_list("step", "check_code", "text")
    assert list(steps)[-1] == ("remove_file", "finances", "Annat bolag")

    vettings.add_to_register(
        vetting_id=check.vetting_id, unit_ids=[unit.pk], vetted_from=TODAY, text="", by=siv.actor
    )
    with pytest.raises(VettingStepNotAllowed), transaction.atomic():
        actions.remove_document(
            check_id=check.pk, document_id=right.pk, because="Ångrar", by=siv.actor
        )
    address = page_of(check, right, "remove/")
    assert "kan inte tas bort" in client.get(address).content.decode()
    client.post(address, {"because": "Ångrar"})
    assert client.get(page_of(check, right)).content == CANARY


def test_documents_of_a_review_stay_once_it_is_decided(client: Client, siv: User) -> None:
    review = ReviewFactory(checks=["finances"])
    check = ProviderCheckFactory(vetting=None, review=review)
    assert hand_in(client, check, "Utdrag.txt", CANARY).status_code == 302
    deliver()
    assert "Utdrag.txt" in client.get(f"/control/reviews/{review.pk}/").content.decode()
    Review.objects.filter(pk=review.pk).update(state="cancelled")
    given = {"check_id": check.pk, "by": siv.actor}
    with pytest.raises(ReviewStepNotAllowed):
        actions.add_document(document=paper(), **given)
    with pytest.raises(ReviewStepNotAllowed):
        actions.remove_document(document_id=only().pk, because="Nej", **given)


def test_nothing_is_added_to_a_check_that_was_made_again_nor_beyond_so_many(siv: User) -> None:
    vetting = VettingFactory(checks=["finances"])
    earlier = ProviderCheckFactory(vetting=vetting, is_latest=False)
    with pytest.raises(BadInput):
        actions.add_document(check_id=earlier.pk, document=paper(), by=siv.actor)
    check = ProviderCheckFactory(vetting=vetting)
    for _number in range(MOST):
        CheckDocumentFactory(provider_check=check)
    with pytest.raises(TooManyDocuments):
        actions.add_document(check_id=check.pk, document=paper(), by=siv.actor)


def seen_by(user: User) -> list[str]:
    with wall.opened_for(reach_of_user(user)):
        found = CheckDocument.objects.select_related("provider_check")
        return sorted(one.provider_check.check_code for one in found)


def test_wall_shows_documents_to_those_who_control_and_courts_to_those_who_may(siv: User) -> None:
    vetting = VettingFactory(checks=["finances", *OF_COURTS])
    for code in vetting.checks:
        CheckDocumentFactory(provider_check=ProviderCheckFactory(vetting=vetting, check_code=code))
    everything = sorted(vetting.checks)
    for role in Role:
        controls = role in (Role.QUALITY_CONTROLLER, Role.LAWYER)
        assert seen_by(holding(role, **place_of(role))) == (everything if controls else []), role
    with wall.opened_for(reach_of_user(siv)):
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('spink.reads_offences', '', true)")
        codes = CheckDocument.objects.values_list("provider_check__check_code", flat=True)
        assert list(codes) == ["finances"]


def test_name_of_a_document_stands_in_no_event_and_no_audit_row(client: Client, siv: User) -> None:
    check = ProviderCheckFactory(vetting__checks=["finances"])
    hand_in(client, check, "Kanarienamn.txt", CANARY)
    deliver()
    rows = [*OutboxEvent.objects.values_list(), *AuditEntry.objects.values_list()]
    assert "Kanarienamn" not in str(rows)
    assert vault.read(only().stored_as) == CANARY


def test_without_a_scanner_a_reference_is_asked_for(client: Client, settings: Settings) -> None:
    settings.SCANNER_URL = ""
    check = ProviderCheckFactory(vetting__checks=["finances"])
    page = client.get(f"/control/vettings/{check.vetting_id}/checks/finances/").content.decode()
    assert 'type="file"' not in page
    assert hand_in(client, check, "a.txt", b"Hej").status_code == 422


def test_files_of_checks_are_not_swept_away_and_those_of_a_vetting_that_is_gone_are(
    attachments_root: Path,
) -> None:
    document = CheckDocumentFactory()
    names = (document.stored_as, vault.keep(b"x"))
    for name in names:
        os.utime(attachments_root / name[:2] / name, (0, 0))

    def lying() -> list[bool]:
        sweep_files()
        return [(attachments_root / name[:2] / name).exists() for name in names]

    assert lying() == [True, False]
    with wall.opened_for_job(JOB):
        document.provider_check.vetting.delete()
    assert lying() == [False, False]


def test_database_holds_what_a_check_rests_on() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        ProviderCheckFactory(evidence="", by_document=False)
    with pytest.raises(IntegrityError), transaction.atomic():
        CheckDocumentFactory(stored_as="")
