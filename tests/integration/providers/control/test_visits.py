"""Visits: planned by team and year, made with the questions of the unit's services, and seen."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from providers.diary import changing_register
from providers.models import RegisterEdition, SiteVisit
from spink.accounts.domain.roles import Role
from spink.accounts.models import PlacementTeam
from spink.foundation.actor import Actor
from spink.foundation.models import AuditEntry
from tests.factories import providers as made
from tests.factories.accounts import MunicipalityFactory, PlacementTeamFactory, holding
from tests.factories.control import SiteVisitFactory, visited
from tests.integration.providers.test_register_pages import client_of, reader
from tests.support.register_edits import next_transaction

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue", "frozen_clock")]

PLAN, QUESTIONS = "/control/visits/", "/control/visits/questions/"
QUERIES = 10
TODAY = "2025-03-03"


@pytest.fixture
def team() -> PlacementTeam:
    return PlacementTeamFactory(name="Vuxna")


@pytest.fixture
def officer(team: PlacementTeam) -> Client:
    return client_of(holding(Role.PLACEMENT_OFFICER, team=team))


@pytest.fixture
def quality() -> Client:
    return client_of(holding(Role.QUALITY_CONTROLLER))


def step(client: Client, visit: SiteVisit, name: str, **given: Any) -> Any:
    version = SiteVisit.objects.get(pk=visit.pk).version
    sent = {"version": version, "mode": "on_site", **given}
    return client.post(f"{PLAN}{visit.pk}/{name}/", sent, follow=True)


def names(client: Client, **asked: str) -> list[str]:
    return [row.care_unit for row in client.get(PLAN, asked).context["rows"]]


def test_visit_is_planned_and_made_with_the_questions_of_the_day(
    officer: Client, quality: Client, team: PlacementTeam
) -> None:
    unit = made.CareUnitServiceFactory(service_type_id="short_term_housing").unit
    url = f"{QUESTIONS}short_term_housing/"
    quality.post(url, {"valid_from": TODAY, "questions": "Vem arbetar natt?\n\n Får man röka? "})
    quality.post(url, {"valid_from": "2025-04-01", "questions": "Något nytt?"})
    sent = {"team": team.pk, "planned_on": "2025-03-10", "mode": "on_site", "is_joint": "on"}
    officer.post(f"/register/units/{unit.code}/visit/", sent)
    visit = SiteVisit.objects.get()
    PlacementTeamFactory(name="Barn", function=team.function)
    form = officer.get(f"/register/units/{unit.code}/visit/").context["form"]
    assert form.initial["team"] == team.pk
    page = officer.get(f"{PLAN}{visit.pk}/").content.decode()
    asked = ("Vem arbetar natt?", "Får man röka?", "Något nytt?")
    assert [question in page for question in asked] == [True, True, False]

    (field,) = re.findall(r'name="(answer_\w+)"[^>]*id="make_answer', page)[:1]
    given = {"made_on": TODAY, field: "Två personer", "notes": "Ljust.", "outcome": "fit"}
    gone = step(officer, visit, "make", answer_gone="Tre katter", **given)
    assert (gone.status_code, "Tre katter" in gone.content.decode()) == (422, True)
    page = step(officer, visit, "make", is_joint="on", mode="digital", **given).content.decode()
    assert [text in page for text in ("Två personer", "Ljust.", "Bedömd som lämplig")] == [True] * 3
    visit.refresh_from_db()
    assert visit.answers == [["Vem arbetar natt?", "Två personer"], ["Får man röka?", ""]]
    assert (visit.provision_form, visit.mode, visit.is_joint) == ("direct_award", "digital", True)
    taken = AuditEntry.objects.filter(subject="visit").order_by("pk")
    assert [(one.action, one.details) for one in taken] == [
        ("plan_visit", {"to": "planned"}),
        ("make_visit", {"from": "planned", "to": "made"}),
    ]


def test_plan_counts_by_team_and_year(officer: Client, team: PlacementTeam) -> None:
    SiteVisitFactory(team=team, care_unit__name="Ekhagen")
    visited(team=team, care_unit__name="Björken", is_joint=True)
    SiteVisitFactory(
        team=team, care_unit__name="Alen", state="cancelled", cancelled_because="Stängt"
    )
    SiteVisitFactory(team=team, care_unit__name="Boken", planned_on="2024-05-05")
    SiteVisitFactory(
        team__name="Barn", team__code="barn", care_unit__name="Cedern", provision_form="iop"
    )
    page = officer.get(PLAN)
    counted = [
        (one.team, one.planned, one.made, one.cancelled, one.joint) for one in page.context["teams"]
    ]
    assert counted == [("Barn", 1, 0, 0, 0), ("Vuxna", 1, 1, 1, 1)]
    assert names(officer, year="2024") == ["Boken"]
    assert names(officer, state="made") == ["Björken"]
    assert names(officer, q="ced") == ["Cedern"]
    assert names(officer, provision_form="iop") == ["Cedern"]
    assert names(officer, team=str(team.pk)) == ["Ekhagen", "Björken", "Alen"]
    assert names(officer, year="x") == names(officer)


def test_tab_counts_visits_whose_day_has_passed(quality: Client, officer: Client) -> None:
    for planned_on in ("2024-12-31", "2025-03-02", TODAY):
        SiteVisitFactory(planned_on=planned_on)
    visited()
    SiteVisitFactory(planned_on="2025-03-01", state="cancelled", cancelled_because="Stängt")
    (tab,) = [tab for tab in quality.get(PLAN).context["tabs"] if tab.current]
    assert (tab.label, tab.count) == ("Besök", 2)
    assert quality.get("/control/count/").context["count"] == 2
    headings = [
        re.findall(r"<h1[^>]*>(\w+)", one.get(PLAN).content.decode()) for one in (quality, officer)
    ]
    assert headings == [["Kontroll"], ["Besök"]]


def test_visit_is_tied_to_a_change_of_the_unit_alone(quality: Client) -> None:
    unit = made.CareUnitFactory()
    visit = visited(care_unit=unit)
    next_transaction()
    with changing_register(by=Actor.system("keeper"), note="Efter besöket"):
        unit.staffing = "Vaken natt"
        unit.save()
    number = RegisterEdition.objects.order_by("-number")[0].number
    given = {"outcome": "follow_up", "notes": ""}
    page = step(quality, visit, "complete", register_number=number, **given).content.decode()
    assert f"/register/diary/{number}/" in page
    assert step(quality, visit, "complete", register_number=10**6, **given).status_code == 422
    visit.refresh_from_db()
    assert (visit.register_number, visit.outcome) == (number, "follow_up")


def test_outcome_that_is_written_over_stays_in_the_trail(officer: Client, team: Any) -> None:
    visit = visited(team=team, outcome="unfit", notes="Mögel.")
    step(officer, visit, "complete", outcome="fit", notes="Fint.")
    (taken,) = AuditEntry.objects.filter(action="complete_visit")
    assert taken.details == {
        "from": "made",
        "to": "made",
        "outcome": ["unfit", "fit"],
        "notes_changed": True,
    }


def test_notes_that_are_written_over_stay_to_be_read(officer: Client, team: Any) -> None:
    visit = visited(team=team, outcome="unfit", notes="Mögel i två rum.")
    step(officer, visit, "complete", outcome="unfit", notes="Mögel i två rum.")
    step(officer, visit, "complete", outcome="unfit", notes="Mögel i ett rum.")
    page = step(officer, visit, "complete", outcome="fit", notes="Åtgärdat.")
    assert [(one.text, one.note) for one in page.context["earlier"]] == [
        ("Skrev över: Bedömd som inte lämplig.", "Mögel i ett rum."),
        ("Skrev över: Bedömd som inte lämplig.", "Mögel i två rum."),
    ]
    assert "Mögel i två rum." in page.content.decode()


def test_visit_is_cancelled_for_a_reason_and_changed_no_more(officer: Client, team: Any) -> None:
    visit = SiteVisitFactory(team=team)
    assert step(officer, visit, "cancel").status_code == 422
    step(officer, visit, "change", planned_on="2025-06-01")
    page = step(officer, visit, "cancel", because="Verksamheten flyttar").content.decode()
    assert "Verksamheten flyttar" in page
    assert step(officer, visit, "change", planned_on="2025-06-02").status_code == 409
    visit.refresh_from_db()
    assert (visit.state, str(visit.planned_on)) == ("cancelled", "2025-06-01")


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"made_on": "2025-03-04", "outcome": "fit"}, "Ange en dag som har varit"),
        ({"made_on": TODAY}, "Välj vad ni kom fram till"),
    ],
)
def test_faulty_visit_is_refused_and_kept(
    officer: Client, team: Any, given: dict[str, str], expected: str
) -> None:
    answer = step(officer, SiteVisitFactory(team=team), "make", notes="Ljust.", **given)
    page = answer.content.decode()
    assert (answer.status_code, expected in page, "Ljust." in page) == (422, True, True)


def test_late_step_keeps_what_was_typed(officer: Client, team: Any) -> None:
    visit = SiteVisitFactory(team=team)
    step(officer, visit, "cancel", because="Stängt")
    given = {"version": 1, "made_on": TODAY, "outcome": "fit", "notes": "Ljust."}
    late = step(officer, visit, "make", **given)
    page = late.content.decode()
    assert (late.status_code, "Ljust." in page, "har ändrats" in page) == (409, True, True)


def test_officers_of_another_function_read_and_change_nothing(quality: Client) -> None:
    molndal = MunicipalityFactory(code="1481", name="Mölndal")
    visit = SiteVisitFactory(team__function__municipality=molndal)
    stranger = reader(Role.PLACEMENT_OFFICER)
    assert stranger.get(f"{PLAN}{visit.pk}/").status_code == 200
    assert step(stranger, visit, "cancel", because="Nej").status_code == 403
    assert step(quality, visit, "cancel", because="Ja").status_code == 200


def test_units_page_tells_everybody_when_it_was_visited(officer: Client) -> None:
    unit = visited(notes="Kanariefågel").care_unit
    page = reader(Role.SOCIAL_WORKER).get(f"/register/units/{unit.code}/").content.decode()
    told = ("14 feb 2025", "Bedömd som lämplig", "Kanariefågel", "Planera ett besök", PLAN)
    assert [text in page for text in told] == [True, True, False, False, False]
    page = officer.get(f"/register/units/{unit.code}/").content.decode()
    assert ("Planera ett besök" in page, PLAN in page) == (True, True)


def test_questions_are_kept_by_quality_and_from_a_day_on(quality: Client, officer: Client) -> None:
    url = f"{QUESTIONS}short_term_housing/"
    sent = {"valid_from": "2025-03-02", "questions": "Vem?"}
    assert quality.post(url, sent).status_code == 422
    assert quality.post(url, sent | {"valid_from": TODAY, "questions": " \n"}).status_code == 422
    assert officer.post(url, sent | {"valid_from": TODAY}).status_code == 403
    assert quality.get(f"{QUESTIONS}made_up/").status_code == 404


@pytest.mark.parametrize("size", [1, 40])
def test_queries_are_as_many_whatever_the_size(officer: Client, team: Any, size: int) -> None:
    SiteVisitFactory.create_batch(size, team=team)
    officer.get(PLAN)
    with CaptureQueriesContext(connection) as queries:
        officer.get(PLAN)
    assert len(queries) == QUERIES
