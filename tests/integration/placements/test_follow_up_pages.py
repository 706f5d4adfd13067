"""The follow-up report on screen and as files: who reads what of it, and the period it is about."""

import csv
import io
from datetime import datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from spink.accounts.domain.roles import Role
from spink.catalogue.actions import load_catalogue
from spink.foundation import clock
from tests.factories.accounts import PlacementTeamFactory
from tests.integration.placements.test_follow_up import (
    AFTER,
    DURING,
    complained,
    refused,
    remarked,
    reviewed,
    seen,
    stopped,
    unpublished,
    vetted,
    went,
)
from tests.integration.providers.test_register_pages import reader
from tests.support.register_edits import next_transaction

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen_clock")]

PAGE = "/control/follow-up/"
AUTUMN = {"first": "2024-07-01", "last": "2024-12-31"}
QUERIES, QUERIES_OF_ROWS = 25, 9
PAYLOAD = '=HYPERLINK("http://example.org","<script>x</script>")'


@pytest.fixture
def catalogue(db: None) -> None:
    load_catalogue()
    next_transaction()


@pytest.fixture
def quality() -> Client:
    return reader(Role.QUALITY_CONTROLLER)


def figures(client: Client, **asked: str) -> dict[str, Any]:
    answer = client.get(PAGE, asked or AUTUMN)
    return {one.name: one for area in answer.context["areas"] for one in area.figures}


def one_of_each(at: datetime = DURING) -> None:
    for make in (vetted, complained, reviewed, went, seen, remarked):
        make(at)
    refused(at, "debts")
    complained(at, "stop")
    reviewed(at, "paused", "ivo_findings")
    stopped(at, reason_code="own_review")
    unpublished(at, reason_code="ivo_findings")


def test_figures_stand_with_their_reasons(catalogue: None, quality: Client) -> None:
    refused(DURING, "debts", "ivo_findings")
    refused(DURING, "debts")
    vetted(DURING)

    part = figures(quality)["Varav inte tillagda i registret"]
    assert (part.count, part.whole, part.share) == (2, 3, "")
    [split] = part.splits
    assert (split.by, split.note) == ("Skäl", "en kan ha flera")
    assert [(one.name, one.count) for one in split.parts] == [
        ("Skulder hos Kronofogden", 2),
        ("Brister i IVO:s tillsyn", 1),
    ]
    page = quality.get(PAGE, AUTUMN).content.decode()
    assert ("Andra halvåret 2024" in page, "Skulder hos Kronofogden" in page) == (True, True)


def test_share_is_shown_of_ten_and_not_of_nine(quality: Client) -> None:
    for _ in range(8):
        complained(DURING)
    complained(DURING, "stop")
    assert figures(quality)["Varav ledde till stopp"].share == ""

    complained(DURING, "stop")
    assert figures(quality)["Varav ledde till stopp"].share == "20\N{NO-BREAK SPACE}%"


def test_what_is_not_decided_or_not_coded_is_named_too(quality: Client) -> None:
    complained(DURING)
    stopped(DURING, reason_code="")
    stopped(DURING, reason_code="of_old")

    shown = figures(quality)
    named = [
        {part.name for part in split.parts}
        for name in ("Inkomna synpunkter", "Beställningsstopp för ramavtalsleverantörer")
        for split in shown[name].splits
    ]
    assert named[2:] == [{"Inte avslutad än"}, {"Inget skäl angivet", "of_old"}]


def test_controller_reads_figures_of_complaints_and_nothing_of_their_rows() -> None:
    complained(DURING, provider__name="Hemlig utförare AB", text="Svek i Ekhagen")
    unpublished(DURING)
    for role in (Role.CONTROLLER, Role.CATEGORY_LEAD):
        client = reader(role)
        page = client.get(PAGE, AUTUMN).content.decode()
        assert {one.rows_url for one in figures(client).values()} == {""}
        assert figures(client)["Inkomna synpunkter"].count == 1
        assert [text in page for text in ("Hemlig", "Svek", "Ekhagen")] == [False] * 3
        for measure in (
            "complaints",
            "unpublished_direct",
            "matching_visits",
            "process_deviations",
        ):
            refusal = client.get(f"{PAGE}{measure}/", AUTUMN)
            assert (refusal.status_code, "Hemlig" in refusal.content.decode()) == (403, False)


def test_court_records_are_named_as_a_reason_to_those_who_read_them_alone(
    catalogue: None, quality: Client
) -> None:
    reviewed(DURING, "paused", "court_records")
    reviewed(DURING, "paused", "court_records", "other")
    refused(DURING, "court_records", "debts")
    names = ("Varav ledde till paus eller borttagning", "Varav inte tillagda i registret")

    def reasons(client: Client) -> list[list[tuple[str, int]]]:
        shown = figures(client)
        return [[(one.name, one.count) for one in shown[name].splits[0].parts] for name in names]

    court = "Uppgifter från domstol"
    debts = ("Skulder hos Kronofogden", 1)
    assert reasons(quality) == [[(court, 2), ("Annat skäl", 1)], [debts, (court, 1)]]
    controller = reader(Role.CONTROLLER)
    assert reasons(controller) == [[("Annat skäl", 2)], [("Annat skäl", 1), debts]]
    assert court in file_of(quality, "csv").decode()
    assert court not in file_of(controller, "csv").decode()


def test_rows_are_those_that_the_figure_counts(quality: Client) -> None:
    one_of_each()
    one_of_each(AFTER)

    shown = figures(quality)
    for figure in shown.values():
        answer = quality.get(figure.rows_url)
        assert len(answer.context["lines"]) == figure.count, figure.name
        assert answer.context["period"] == "Andra halvåret 2024"


def test_rows_name_the_provider_its_outcome_and_the_reasons(
    catalogue: None, quality: Client
) -> None:
    unpublished(DURING, reason_code="ivo_findings", ended_at=DURING, ended_by="Mona Ek")
    went(DURING, kind="for_ink", inks_reference="INK 1/24")
    refused(DURING, "weak_finances")
    complained(DURING, "communicated")
    remarked(DURING, category="price")

    def of(measure: str) -> tuple[str, str, list[str]]:
        [line] = quality.get(f"{PAGE}{measure}/", AUTUMN).context["lines"]
        return line.came_to, line.row.note, line.reasons

    def heads(measure: str) -> str:
        return str(quality.get(f"{PAGE}{measure}/", AUTUMN).context["reasons_label"])

    assert of("unpublished_direct") == ("Avpublicerad", "Hävt 15 okt 2024", ["Brister enligt IVO"])
    assert of("incident_driven_visits") == ("På plats", "På INK:s begäran", [])
    told = "Kommunicerat och dokumenterat"
    assert of("complaints") == (told, "Direktupphandling", ["Dokumentation"])
    assert of("process_deviations") == ("Mottagen", "", ["Pris saknades eller stämde inte"])
    measures = ("onboarding_checks", "complaints", "incident_driven_visits")
    assert [heads(measure) for measure in measures] == ["Skäl", "Vad det gäller", ""]
    assert of("onboarding_checks") == ("Inte tillagd", "", ["Svag ekonomi"])


def test_measure_that_is_none_is_not_found(quality: Client) -> None:
    assert quality.get(f"{PAGE}persons/", AUTUMN).status_code == 404


@pytest.mark.parametrize(
    ("given", "fields"),
    [
        ({"first": "2024-12-31", "last": "2024-07-01"}, ["last"]),
        ({"first": "2024-02-30", "last": "2024-07-01"}, ["first"]),
        ({"first": "", "last": "2024-07-01"}, ["first"]),
        ({"last": "2024-07-01"}, ["first"]),
        ({"first": "1999-12-31", "last": "2024-07-01"}, ["first"]),
        ({"first": "2024-01-01", "last": "9999-12-31"}, ["last"]),
    ],
)
def test_wrong_period_is_told_at_its_field(
    quality: Client, given: dict[str, str], fields: list[str]
) -> None:
    answer = quality.get(PAGE, given)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, fields)
    assert "areas" not in answer.context
    for address in ("/control/follow-up.csv", "/control/follow-up.xlsx", f"{PAGE}complaints/"):
        away = quality.get(address, given, follow=True)
        assert (away.status_code, list(away.context["form"].errors)) == (422, fields)


@pytest.mark.parametrize(
    ("today", "period", "is_running"),
    [
        (datetime(2024, 7, 1, 0, 5, tzinfo=clock.STOCKHOLM), "Första halvåret 2024", False),
        (datetime(2024, 6, 30, 23, 55, tzinfo=clock.STOCKHOLM), "Andra halvåret 2023", False),
        (datetime(2025, 1, 1, 0, 5, tzinfo=clock.STOCKHOLM), "Andra halvåret 2024", False),
    ],
)
def test_period_is_the_half_year_that_was_over_last_unless_said(
    today: datetime, period: str, is_running: bool
) -> None:
    with clock.frozen(today):
        answer = reader(Role.CONTROLLER).get(PAGE)
    assert (answer.context["period"], answer.context["is_running"]) == (period, is_running)


def test_period_that_is_not_over_says_so_and_common_ones_are_a_click_away(
    quality: Client,
) -> None:
    running = {"first": "2025-01-01", "last": "2025-03-03"}
    answer = quality.get(PAGE, running)
    assert answer.context["is_running"] is True
    assert answer.context["period"] == "1 januari 2025 till 3 mars 2025"
    choices = [(one.label, one.current) for one in answer.context["choices"]]
    assert choices == [
        ("Hittills i år", True),
        ("Andra halvåret 2024", False),
        ("Första halvåret 2024", False),
        ("2024", False),
        ("2023", False),
    ]


def file_of(client: Client, ending: str) -> Any:
    answer = client.get(f"/control/follow-up.{ending}", AUTUMN)
    name = f'attachment; filename="uppfoljning-2024-07-01-2024-12-31.{ending}"'
    assert answer.headers["Content-Disposition"] == name
    return answer.content


def test_files_hold_every_figure_and_what_it_is_made_of(catalogue: None) -> None:
    complained(DURING, category="support")
    complained(DURING, provision_form="framework")
    client = reader(Role.CONTROLLER)

    text = file_of(client, "csv").decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text), delimiter=";"))
    own = [row[2:] for row in rows if row[2] == "complaints"]
    assert {tuple(row[:2]) for row in rows[1:]} == {("2024-07-01", "2024-12-31")}
    assert own == [
        ["complaints", "Inkomna synpunkter", "", "", "1"],
        ["complaints", "Inkomna synpunkter", "Vad det gäller", "Utförande av stödet", "1"],
        ["complaints", "Inkomna synpunkter", "Regiform", "Direktupphandling", "1"],
        ["complaints", "Inkomna synpunkter", "Utfall", "Inte avslutad än", "1"],
        [
            *("complaints", "Inkomna synpunkter", "Dessutom"),
            *("Dessutom, om ramavtalsleverantörer: lämnade till INK", "1"),
        ],
    ]
    sheet = load_workbook(io.BytesIO(file_of(client, "xlsx"))).active
    lines = [["" if cell is None else cell for cell in row] for row in sheet.values]
    assert [[str(cell) for cell in line] for line in lines] == rows
    assert {type(line[-1]) for line in lines[1:]} == {int}


def test_what_a_spreadsheet_would_take_for_a_formula_is_text(quality: Client) -> None:
    seen(DURING, team=PlacementTeamFactory(name=PAYLOAD))

    page = quality.get(PAGE, AUTUMN).content.decode()
    assert ("<script>x" in page, "&lt;script&gt;x" in page) == (False, True)
    text = file_of(quality, "csv").decode("utf-8-sig")
    parts = [row[5] for row in csv.reader(io.StringIO(text), delimiter=";")]
    assert f"'{PAYLOAD}" in parts
    sheet = load_workbook(io.BytesIO(file_of(quality, "xlsx"))).active
    [cell] = [row[5] for row in sheet.iter_rows() if row[5].value == PAYLOAD]
    assert (cell.data_type, cell.quotePrefix) == ("s", True)


def test_queries_are_as_many_for_many_rows(quality: Client) -> None:
    def asked(address: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert quality.get(address, AUTUMN).status_code == 200
        return len(queries)

    rows = f"{PAGE}order_stops_framework/"
    one_of_each()
    few = asked(PAGE), asked(rows)
    for _ in range(5):
        one_of_each()
    assert (asked(PAGE), asked(rows)) == few == (QUERIES, QUERIES_OF_ROWS)


def test_menu_leads_to_the_report_those_who_read_it() -> None:
    link = f'href="{PAGE}"'
    found = {role: link in reader(role).get("/register/units/").content.decode() for role in Role}
    readers = {role for role, is_there in found.items() if is_there}
    assert readers == {
        Role.QUALITY_CONTROLLER,
        Role.LAWYER,
        Role.CATEGORY_LEAD,
        Role.CONTROLLER,
    }
