"""An uploaded file waits for its keeper alone, and is imported as it was reviewed or not at all."""

import io
import zipfile
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pytest_django.fixtures import Settings

from providers.diary import changing_register
from providers.domain.tables.faults import LONGEST_CELL, LONGEST_REASON, MOST_FAULTS, MOST_TEXT
from providers.models import CareUnit, ImportProgress, RegisterUpload, UploadState
from providers.queries import current_number
from providers.queries.history import unit_history
from providers.tasks import forget_uploads
from spink.accounts.domain.roles import Role
from spink.accounts.models import User
from spink.foundation import clock, outbox
from spink.foundation.models import OutboxEvent
from tests.factories.accounts import holding
from tests.support.documents import packed
from tests.support.register_edits import next_transaction
from tests.support.register_files import FILES, changed, client_of, confirm, unit, upload

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]


def test_page_says_the_faults_in_swedish_and_offers_no_import(keeper: User) -> None:
    unit()
    kept = upload(keeper, "Verksamhet-id;Platser\nU1;tolv\n")
    page = client_of(keeper).get(f"{FILES}{kept.pk}/").content.decode()
    assert "Skriv ett heltal, 0 eller mer." in page
    assert "Importera filen" not in page
    assert confirm(keeper, kept).state == UploadState.FAULTY


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/worksheets/sheet1.xml", b"0" * 30_000_000)
    return out.getvalue()


def with_entities() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr(
            "xl/workbook.xml", '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a/>'
        )
    return out.getvalue()


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"  ", "Filen är tom."),
        (b"a;b\n1;2\n", "Filens första rad är inte rubrikerna i en mall."),
        (b"\x00\x01\x02", "Det här är varken en arbetsbok (XLSX) eller en textfil (CSV)."),
        (b"Verksamhet-id;Telefon\n", "Filen har rubriker men inga rader."),
        (b'Verksamhet-id;Telefon\nU1;"1\n', "På rad 2 finns ett citattecken utan sitt slut."),
        (b"Verksamhet-id;\x81\n", "Filens tecken kan inte läsas. Spara den som CSV UTF-8."),
        (
            b"PK\x03\x04 nothing",
            "Arbetsboken går inte att läsa. Spara om den som XLSX, utan lösenord.",
        ),
        (bomb(), "Arbetsboken är för stor. Dela upp den."),
        (with_entities(), "Arbetsboken går inte att läsa. Spara om den som XLSX, utan lösenord."),
    ],
)
def test_file_that_is_no_table_is_refused_in_words(keeper: User, raw: bytes, said: str) -> None:
    response = client_of(keeper).post(FILES, {"file": SimpleUploadedFile("fil.csv", raw)})
    assert (response.status_code, response.context["form"].errors) == (422, {"file": [said]})
    assert not RegisterUpload.objects.exists()


def test_file_over_the_limit_is_refused(keeper: User, settings: Settings) -> None:
    settings.REGISTER_FILE_MAX_BYTES = 5
    response = client_of(keeper).post(FILES, {"file": SimpleUploadedFile("fil.csv", b"123456")})
    said = "Filen är större än 10 MB. Dela upp den i flera."
    assert (response.status_code, response.context["form"].errors) == (422, {"file": [said]})


def test_no_more_faults_are_kept_than_somebody_can_correct(keeper: User) -> None:
    rows = "".join(f"U{number};{'x' * 900}\n" for number in range(MOST_FAULTS + 5))
    kept = upload(keeper, f"Verksamhet-id;Utförare-id\n{rows}")
    faults = kept.review["faults"]
    assert len(faults) == MOST_FAULTS + 1
    assert max(len(one["reason"]) for one in faults) <= LONGEST_REASON
    page = client_of(keeper).get(f"{FILES}{kept.pk}/").content.decode()
    assert "Det finns fler fel än de som visas. Rätta dem här först." in page


def with_shared_texts(texts: list[str], rows: list[tuple[int, ...]]) -> bytes:
    """As spreadsheets write it: a text that stands in many cells is kept once."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    kinds = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    types = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    package = "http://schemas.openxmlformats.org/package/2006"
    cells = ["".join(f'<c t="s"><v>{at}</v></c>' for at in row) for row in rows]
    book = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types">'
        f'<Override PartName="/xl/workbook.xml" ContentType="{types}.sheet.main+xml"/>'
        f'<Override PartName="/xl/s.xml" ContentType="{types}.sharedStrings+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" '
        f'Type="{kinds}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{kinds}"><sheets>'
        '<sheet name="Verksamheter" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}/relationships">'
        f'<Relationship Id="r1" Type="{kinds}/worksheet" Target="1.xml"/></Relationships>',
        "xl/1.xml": f'<worksheet xmlns="{main}"><sheetData>'
        + "".join(f"<row>{row}</row>" for row in cells)
        + "</sheetData></worksheet>",
        "xl/s.xml": f'<sst xmlns="{main}">'
        + "".join(f"<si><t>{text}</t></si>" for text in texts)
        + "</sst>",
    }
    return packed({name: part.encode() for name, part in book.items()})


def test_small_workbook_that_holds_too_much_text_is_refused(keeper: User) -> None:
    texts = ["Verksamhet-id", "Telefon", "U1", "x" * LONGEST_CELL]
    rows = [(2, 3)] * (MOST_TEXT // LONGEST_CELL + 1)
    raw = with_shared_texts(texts, [(0, 1), *rows])
    assert len(raw) < 100_000
    response = client_of(keeper).post(FILES, {"file": SimpleUploadedFile("fil.xlsx", raw)})
    said = "Filen innehåller för mycket text. Dela upp den i flera."
    assert (response.status_code, response.context["form"].errors) == (422, {"file": [said]})
    assert not RegisterUpload.objects.exists()


def test_name_of_the_file_is_not_kept_in_the_diary(keeper: User) -> None:
    row = unit(phone="1")
    kept = upload(keeper, "Verksamhet-id;Telefon\nU1;2\n")
    RegisterUpload.objects.update(filename="Kanarie Kanariesson.csv")
    confirm(keeper, kept)
    assert next(edition.note for edition in unit_history(row.pk)) == "Import"
    page = client_of(keeper).get(f"/register/units/{row.code}/").content.decode()
    assert "Kanarie" not in page


def test_register_that_changed_meanwhile_is_reviewed_again(keeper: User) -> None:
    row = unit(phone="1")
    kept = upload(keeper, "Verksamhet-id;Telefon\nU1;2\n")
    with changing_register(by=keeper.actor):
        CareUnit.objects.filter(pk=row.pk).update(phone="3")
    next_transaction()
    assert confirm(keeper, kept).state == UploadState.WAITING
    assert changed(kept) == {"U1": [("Telefon", "3", "2")]}
    assert confirm(keeper, kept).state == UploadState.IMPORTED


def test_register_that_changed_before_the_import_began_is_not_overwritten(keeper: User) -> None:
    row = unit(phone="1")
    kept = upload(keeper, "Verksamhet-id;Telefon\nU1;2\n")
    client_of(keeper).post(f"{FILES}{kept.pk}/confirm/")
    next_transaction()
    with changing_register(by=keeper.actor):
        CareUnit.objects.filter(pk=row.pk).update(phone="3")
    next_transaction()
    [event] = OutboxEvent.objects.filter(handled_at=None, name="register_import_confirmed")
    assert outbox.handle(event.pk)
    kept.refresh_from_db()
    row.refresh_from_db()
    assert (kept.state, row.phone) == (UploadState.OUTDATED, "3")
    client_of(keeper).post(f"{FILES}{kept.pk}/again/")
    assert confirm(keeper, kept).state == UploadState.IMPORTED


def test_keeper_who_lost_the_role_meanwhile_imports_nothing(keeper: User) -> None:
    row = unit(phone="1")
    kept = upload(keeper, "Verksamhet-id;Telefon\nU1;2\n")
    client_of(keeper).post(f"{FILES}{kept.pk}/confirm/")
    next_transaction()
    keeper.role_assignments.all().delete()
    [event] = OutboxEvent.objects.filter(handled_at=None, name="register_import_confirmed")
    outbox.handle(event.pk)
    kept.refresh_from_db()
    row.refresh_from_db()
    assert (kept.state, row.phone) == (UploadState.REFUSED, "1")


def test_import_is_done_once(keeper: User) -> None:
    unit(phone="1")
    kept = upload(keeper, "Verksamhet-id;Telefon\nU1;2\n")
    confirm(keeper, kept)
    number = current_number()
    assert confirm(keeper, kept).state == UploadState.IMPORTED
    assert current_number() == number


def test_upload_is_its_keepers_own_and_expires(keeper: User) -> None:
    unit()
    kept = upload(keeper, "Verksamhet-id;Telefon\nU1;2\n")
    address = f"{FILES}{kept.pk}/"
    other = client_of(holding(Role.QUALITY_CONTROLLER))
    assert other.get(address).status_code == 404
    other.post(f"{address}confirm/")
    other.post(f"{address}discard/")
    kept.refresh_from_db()
    assert kept.state == UploadState.WAITING
    RegisterUpload.objects.update(expires_at=clock.now() - timedelta(seconds=1))
    assert client_of(keeper).get(address).status_code == 404
    client_of(keeper).post(f"{address}confirm/")
    kept.refresh_from_db()
    assert kept.state == UploadState.WAITING
    forget_uploads()
    assert not RegisterUpload.objects.exists()


def test_thrown_away_file_is_gone(keeper: User) -> None:
    unit()
    kept = upload(keeper, "Verksamhet-id;Telefon\nU1;2\n")
    client_of(keeper).post(f"{FILES}{kept.pk}/discard/")
    assert not RegisterUpload.objects.exists()


def test_files_are_for_those_who_keep_the_register(keeper: User) -> None:
    officer = client_of(holding(Role.LAWYER))
    paths = ("", "template.xlsx", "register.xlsx", "register.json", "csv/avtal/")
    assert {officer.get(f"{FILES}{path}").status_code for path in paths} == {403}
    assert {client_of(keeper).get(f"{FILES}{path}").status_code for path in paths} == {200}
    assert client_of(keeper).get(f"{FILES}csv/nothing/").status_code == 404


def test_running_import_says_how_far_it_has_come(keeper: User) -> None:
    unit()
    kept = upload(keeper, "Verksamhet-id;Telefon\nU1;2\n")
    client = client_of(keeper)
    client.post(f"{FILES}{kept.pk}/confirm/")
    ImportProgress.objects.update(done=2, total=6)
    assert "Steg 2 av 6" in client.get(f"{FILES}{kept.pk}/").content.decode()
    part = client.get(f"{FILES}{kept.pk}/", headers={"hx-request": "true"}).content.decode()
    assert ("<html" in part, "Steg 2 av 6" in part) == (False, True)
