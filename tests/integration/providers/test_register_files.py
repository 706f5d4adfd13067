"""CSV and workbooks: what of them is taken, and every fault with its sheet, line and column."""

import csv
import io
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook, load_workbook

from providers.models import CareUnit, Price, UploadState
from providers.queries import current_number
from spink.accounts.models import User
from spink.foundation import clock
from tests.factories import providers as made
from tests.support.register_edits import next_transaction
from tests.support.register_files import FILES, changed, client_of, confirm, faults, unit, upload

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]


def test_uploaded_csv_is_reviewed_and_then_imported(keeper: User) -> None:
    row = unit(phone="031-1")
    kept = upload(keeper, "Verksamhet-id;Telefon;Platser\nU1;031-2;12\n")
    assert changed(kept) == {"U1": [("Platser", "10", "12"), ("Telefon", "031-1", "031-2")]}
    row.refresh_from_db()
    assert (row.phone, row.places_total) == ("031-1", 10)
    before = current_number()
    assert confirm(keeper, kept).state == UploadState.IMPORTED
    row.refresh_from_db()
    assert (row.phone, row.places_total, row.places_occupied, row.name) == (
        "031-2",
        12,
        7,
        "Ekhagen",
    )
    assert current_number() == kept.imported_number == before + 1
    assert bytes(kept.content) == b""


def test_every_bad_row_is_told_at_once_and_nothing_is_taken(keeper: User) -> None:
    unit()
    text = (
        "Verksamhet-id;Utförare-id;Ålder från;Möter behov;Öppen från\n"
        "U1;P1;många;Suterräng;\n"
        "U2;P9;18;;2026-02-30\n"
        ";P1;;;\n"
        "U1;P1;;;\n"
    )
    assert faults(upload(keeper, text)) == [
        ("Verksamheter", 2, "Ålder från", "must be a whole number from 0"),
        ("Verksamheter", 2, "Möter behov", "Suterräng is no need of the catalogue"),
        ("Verksamheter", 3, "Utförare-id", "P9 is not known"),
        ("Verksamheter", 3, "Öppen från", "must be a date (YYYY-MM-DD)"),
        ("Verksamheter", 4, "Verksamhet-id", "is missing"),
        ("Verksamheter", 5, "Verksamhet-id", "is the id of another entry too"),
    ]
    assert CareUnit.objects.count() == 1


def workbook(**sheets: list[list[Any]]) -> bytes:
    book = Workbook()
    book.remove(book.worksheets[0])
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_workbook_makes_all_that_a_new_unit_needs(keeper: User) -> None:
    content = workbook(
        Koncerner=[["Koncern-id", "Namn"], ["G1", "Nordkoncernen"]],
        Utförare=[
            ["Utförare-id", "Namn", "Koncern-id", "Juridisk form"],
            ["P7", "Ängen AB", "G1", "Aktiebolag"],
        ],
        Avtal=[
            ["Avtal-id", "Regiform", "Avtalsparter", "Avtalet från", "Avtalet till"],
            ["A1", "Ramavtal", "Göteborg; Mölndal", date(2025, 1, 1), "31/12 2028"],
        ],
        Delområden=[["Avtal-id", "Delområde-id", "Insats"], ["A1", "1", "Korttidsboende"]],
        Verksamheter=[
            ["Verksamhet-id", "Namn", "Utförare-id", "Platser", "Kommun", "Telefon", "Kön"],
            ["U7", "Ängen", "P7", 8, "Göteborg", 31123456, "Kvinna; Man"],
        ],
        Insatser=[["Verksamhet-id", "Insats"], ["U7", "Korttidsboende"]],
        Tillstånd=[["Verksamhet-id", "Tillstånd från"], ["U7", "5 mars 2024"]],
        Direktupphandling=[["Verksamhet-id", "Pris"], ["U7", "3 100,50 kr"]],
        Priser=[
            [
                "Verksamhet-id",
                "Avtal-id",
                "Delområde-id",
                "Rangordning",
                "Avtalspris",
                "Priset gäller från",
            ],
            ["U7", "A1", "1", 2, 2950, None],
            ["U7", "A1", "1", 2, "3 050", "2026-01-01"],
        ],
    )
    kept = upload(keeper, content, "ny.xlsx")
    assert faults(kept) == []
    assert confirm(keeper, kept).state == UploadState.IMPORTED
    new = CareUnit.objects.get(code="U7")
    assert (new.provider.name, str(new.provider.group)) == ("Ängen AB", "Nordkoncernen")
    assert (new.places_total, new.municipality, new.phone) == (8, "1480", "31123456")
    assert new.genders == ["woman", "man"]
    assert new.permit.valid_from == date(2024, 3, 5)
    assert (new.permit.required, new.direct_award.rate) == (True, Decimal("3100.50"))
    agreement = new.agreements.get().lot.agreement
    assert (agreement.parties, agreement.valid_to) == (["1480", "1481"], date(2028, 12, 31))
    prices = Price.objects.order_by("rate").values_list("rate", "valid_from")
    assert list(prices) == [(Decimal(2950), None), (Decimal(3050), date(2026, 1, 1))]


def test_one_more_price_leaves_the_others(keeper: User) -> None:
    row = unit()
    place = made.AgreementUnitFactory(unit=row, lot__agreement__code="A1", lot__code="L", rank=3)
    made.PriceFactory(agreement_unit=place, rate=2900, valid_from=date(2025, 3, 1))
    next_transaction()
    text = "Verksamhet-id,Avtal-id,Delområde-id,Avtalspris,Priset gäller från\n"
    kept = upload(keeper, f'{text}U1,A1,L,"3000,5",2026-01-01\n')
    assert faults(kept) == []
    assert confirm(keeper, kept).state == UploadState.IMPORTED
    prices = Price.objects.order_by("rate").values_list("rate", "valid_from")
    assert list(prices) == [
        (Decimal(2900), date(2025, 3, 1)),
        (Decimal("3000.5"), date(2026, 1, 1)),
    ]
    place.refresh_from_db()
    assert place.rank == 3


def test_agreements_end_moves_and_prices_after_it_are_kept(keeper: User) -> None:
    row = unit()
    place = made.AgreementUnitFactory(unit=row, lot__agreement__code="A1", lot__code="L")
    made.PriceFactory(agreement_unit=place, rate=2900)
    made.PriceFactory(agreement_unit=place, rate=3100, valid_from=date(2028, 1, 1))
    next_transaction()
    confirm(keeper, upload(keeper, "Avtal-id;Avtalet till\nA1;2027-06-30\n"))
    confirm(keeper, upload(keeper, "Verksamhet-id;Telefon\nU1;1\n"))
    assert sorted(Price.objects.values_list("rate", flat=True)) == [2900, 3100]
    row.refresh_from_db()
    assert row.phone == "1"


def test_prices_faults_stand_on_their_lines(keeper: User) -> None:
    row = unit()
    made.AgreementUnitFactory(unit=row, lot__agreement__code="A1", lot__code="L")
    next_transaction()
    text = (
        "Verksamhet-id;Avtal-id;Delområde-id;Avtalspris;Priset gäller från;Prisenhet\n"
        "U1;A1;L;-5;;\n"
        "U1;A1;M;5;;\n"
        "U1;A9;L;5;;\n"
        "U1;A1;L;;2026-01-01;\n"
        "U8;A1;L;5;;\n"
    )
    assert faults(upload(keeper, text)) == [
        ("Priser", 2, "Avtalspris", "must be a number from 0"),
        ("Priser", 3, "Delområde-id", "M is no lot of A1"),
        ("Priser", 4, "Avtal-id", "A9 is not known"),
        ("Priser", 5, "Avtalspris", "is missing"),
        ("Priser", 6, "Verksamhet-id", "U8 is not known"),
    ]


def test_export_is_imported_as_nothing_new(keeper: User) -> None:
    row = unit(
        methods=["MI", "=HYPERLINK(1)"],
        phone="+46 31 10",
        companion_age_from=0,
        drug_free=True,
        places_confirmed_at=clock.now(),
        places_confirmed_by="K",
        in_house_rate=Decimal("2600.5"),
    )
    place = made.AgreementUnitFactory(unit=row, lot__agreement__provider=row.provider, rank=1)
    made.PriceFactory(agreement_unit=place, valid_from=date(2025, 3, 1))
    made.PermitFactory(unit=row)
    made.DirectAwardVettingFactory(unit=row)
    next_transaction()
    client = client_of(keeper)
    kept = upload(keeper, client.get(f"{FILES}register.xlsx").content, "allt.xlsx")
    assert faults(kept) == []
    counts = {
        one["title"]: (len(one["new"]), one["changed"], one["unchanged"])
        for one in kept.review["sheets"]
    }
    assert counts == dict.fromkeys(
        [
            "Verksamheter",
            "Insatser",
            "Tillstånd",
            "Direktupphandling",
            "Priser",
            "Avtal",
            "Delområden",
            "Utförare",
        ],
        (0, [], 1),
    )
    units = upload(keeper, client.get(f"{FILES}csv/verksamheter/").content)
    assert (faults(units), changed(units), units.review["sheets"][0]["unchanged"]) == ([], {}, 1)
    before = current_number()
    assert confirm(keeper, kept).state == UploadState.IMPORTED
    assert current_number() == before


def test_exported_cells_are_no_formulas(keeper: User) -> None:
    unit(staffing='=cmd|"/c calc"!A1', phone="+4631", methods=["@SUM(1)", "-x"])
    client = client_of(keeper)
    text = client.get(f"{FILES}csv/verksamheter/").content.decode("utf-8-sig")
    row = next(csv.DictReader(io.StringIO(text), delimiter=";"))
    told = (row["Bemanning"], row["Telefon"], row["Metoder"])
    assert told == ('\'=cmd|"/c calc"!A1', "'+4631", "'@SUM(1); -x")
    sheet = load_workbook(io.BytesIO(client.get(f"{FILES}register.xlsx").content))["Verksamheter"]
    cells = {cell.value: cell for cell in sheet[2] if cell.value}
    assert {cell.data_type for cell in cells.values()} == {"s"}
    assert cells["+4631"].quotePrefix
    assert not cells["Ekhagen"].quotePrefix


@pytest.mark.parametrize(
    "raw",
    [
        "Verksamhet-id;Stadsområde\r\nU1;Östra Åkeröd\r\n".encode("utf-8-sig"),
        "Verksamhet-id;Stadsområde\nU1;Östra Åkeröd\n".encode(),
        "Verksamhet-id;Stadsområde\nU1;Östra Åkeröd\n".encode("cp1252"),
        "Verksamhet-id,Stadsområde\nU1,Östra Åkeröd\n".encode("cp1252"),
        "Verksamhet-id\tStadsområde\nU1\tÖstra Åkeröd\n".encode("utf-16"),
    ],
)
def test_encodings_and_separators_of_spreadsheets_are_read(keeper: User, raw: bytes) -> None:
    unit()
    assert changed(upload(keeper, raw)) == {"U1": [("Stadsområde", "", "Östra Åkeröd")]}


def test_place_of_protected_housing_is_refused_and_never_exported(keeper: User) -> None:
    row = unit()
    made.CareUnitServiceFactory(unit=row, service_type_id="protected_housing")
    next_transaction()
    text = "Verksamhet-id;Gatuadress;Latitud;Longitud\nU1;Hemliga gatan 1;57,7;11,9\n"
    kept = upload(keeper, text)
    assert faults(kept) == [
        ("Verksamheter", 2, heading, "is not kept of protected housing")
        for heading in ("Latitud", "Longitud", "Gatuadress")
    ]
    assert bytes(kept.content) == b""
    assert "57,7" not in client_of(keeper).get(f"{FILES}csv/verksamheter/").content.decode()


def test_number_of_another_provider_is_told_before_the_database_refuses_it(keeper: User) -> None:
    made.ProviderFactory(code="P1", organisation_number="5560360793")
    made.ProviderFactory(code="P2")
    next_transaction()
    kept = upload(keeper, "Utförare-id;Organisationsnummer\nP2;556036-0793\n")
    assert faults(kept) == [
        ("Utförare", 2, "Organisationsnummer", "is the number of another provider too")
    ]


def test_template_is_read_as_it_is_and_names_what_can_be_chosen(keeper: User) -> None:
    content = client_of(keeper).get(f"{FILES}template.xlsx").content
    book = load_workbook(io.BytesIO(content))
    assert book.sheetnames == [
        "Läs först",
        "Verksamheter",
        "Insatser",
        "Tillstånd",
        "Direktupphandling",
        "Priser",
        "Avtal",
        "Delområden",
        "Utförare",
        "Koncerner",
        "Ord",
    ]
    response = client_of(keeper).post(FILES, {"file": SimpleUploadedFile("mall.xlsx", content)})
    assert response.context["form"].errors == {"file": ["Filen har rubriker men inga rader."]}
    words = [cell.value for cell in book["Ord"]["A"]]
    assert (words[0], "Korttidsboende" in words) == ("Insats", True)
