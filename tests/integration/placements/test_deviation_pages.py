"""The pages of remarks on the own handling: to file, to follow, to handle."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from placements.models import ProcessDeviation
from placements.notifications.deviations import tell_filer, tell_handlers
from spink.accounts import wall
from spink.accounts.domain.jobs import SystemJob
from spink.accounts.domain.roles import Role
from spink.accounts.models import AccessEntry, User
from spink.foundation import clock
from spink.foundation.models import OutboxEvent
from tests.conftest import MORNING
from tests.factories.accounts import PlacementTeamFactory, UnitFactory, holding
from tests.factories.placements import (
    PlacementRequestFactory,
    ProcessDeviationFactory,
    ProcessDeviationRequestFactory,
)
from tests.factories.providers import CareUnitFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("codes", "frozen_clock")]

LIST, OWN = "/control/deviations/", "/deviations/"
TEXT = "Det tog fem veckor innan någon tog förfrågan."
QUERIES, OWN_QUERIES = 13, 9


@pytest.fixture
def siv() -> User:
    return holding(
        Role.QUALITY_CONTROLLER, first_name="Siv", last_name="Ek", email="siv@example.se"
    )


@pytest.fixture
def alma() -> User:
    return holding(
        Role.SOCIAL_WORKER, unit=UnitFactory(), first_name="Alma", email="alma@example.se"
    )


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def stored(**given: Any) -> ProcessDeviation:
    with wall.opened_for_job(SystemJob.LOAD_SAMPLE):
        return ProcessDeviation.objects.select_related("unit", "team", "owner").get(**given)


def unit_of(user: User) -> Any:
    return user.role_assignments.get().unit


def sent(**given: Any) -> dict[str, Any]:
    return {"key": uuid4(), "category": "handling_time", "text": TEXT, **given}


def step(client: Client, deviation: ProcessDeviation, name: str, **given: Any) -> Any:
    version = stored(pk=deviation.pk).version
    return client.post(f"{LIST}{deviation.pk}/{name}/", {"version": version, **given}, follow=True)


def titles(client: Client, **asked: str) -> list[str]:
    return [row.category for row in client.get(LIST, asked).context["rows"]]


def told(page: Any, *texts: str) -> list[bool]:
    shown = page.content.decode()
    return [text in shown for text in texts]


def event(name: str) -> OutboxEvent:
    return OutboxEvent.objects.get(name=name)


def test_deviation_goes_from_the_unit_to_quality_and_control_and_back(
    siv: User, alma: User
) -> None:
    filer, quality = client_of(alma), client_of(siv)
    page = filer.post(f"{OWN}new/", sent(), follow=True)
    deviation = stored()
    assert (deviation.unit, deviation.team, deviation.has_request) == (unit_of(alma), None, False)
    assert told(page, TEXT, "Mottagen", "Någon på kvalitet och kontroll tar den") == [True] * 3

    tell_handlers(event("deviation_filed"))
    assert [(one.bcc, one.to, TEXT in one.body, "Alma" in one.body) for one in mail.outbox] == [
        (["siv@example.se"], [], False, False)
    ]
    assert titles(quality) == ["Handläggningstid"]
    page = step(quality, deviation, "take")
    assert told(page, TEXT, "Alma", "Svara och avsluta") == [True] * 3
    step(quality, deviation, "note", text="Mia hade semester.")
    page = step(quality, deviation, "close", outcome="justified", text="")
    assert (page.status_code, *told(page, "Skriv svaret")) == (422, True)
    step(quality, deviation, "close", outcome="justified", text="Du hade rätt.")

    tell_filer(event("deviation_answered"))
    assert [(one.to, "rätt" in one.body) for one in mail.outbox[1:]] == [
        (["alma@example.se"], False)
    ]
    assert told(filer.get(OWN), "Nytt svar", "Befogad, ingen åtgärd") == [True, True]
    page = filer.get(f"{OWN}{deviation.pk}/")
    assert told(page, 'id="answer"', "Du hade rätt.", "semester") == [True, True, False]
    assert told(filer.get(OWN), "Nytt svar") == [False]
    page = step(quality, deviation, "reopen")
    assert told(page, "Öppnade avvikelsen igen.", "Mia hade semester.") == [True, True]
    page = filer.get(f"{OWN}{deviation.pk}/")
    assert told(page, 'id="answer"', "Du hade rätt.") == [False, True]


def test_deviation_about_a_request_is_linked_for_the_unit_alone(siv: User, alma: User) -> None:
    team = PlacementTeamFactory()
    officer = holding(Role.PLACEMENT_OFFICER, team=team)
    request = PlacementRequestFactory(
        submitted=True, unit=unit_of(alma), created_by=alma, team=team
    )
    address = f"/requests/{request.reference}/"
    page = client_of(alma).post(f"{address}deviation/", sent(), follow=True)
    deviation = stored()
    assert (deviation.team, deviation.has_request) == (team, True)
    assert told(page, request.reference) == [True]
    own = f"{OWN}{deviation.pk}/"
    readers = {"alma": alma, "officer": officer}
    seen = {name: told(client_of(one).get(address), own)[0] for name, one in readers.items()}
    assert seen == {"alma": True, "officer": False}
    assert client_of(officer).get(own).status_code == 404
    handled = client_of(siv).get(f"{LIST}{deviation.pk}/")
    assert told(handled, "Gäller en förfrågan", request.reference) == [True, False]


def test_draft_has_not_been_handled(alma: User) -> None:
    draft = PlacementRequestFactory(unit=unit_of(alma), created_by=alma)
    assert client_of(alma).get(f"/requests/{draft.reference}/deviation/").status_code == 403


def test_officer_files_a_remark_of_the_own(siv: User) -> None:
    team = PlacementTeamFactory()
    mia, bo = (holding(Role.PLACEMENT_OFFICER, team=team) for _ in range(2))
    client_of(mia).post(f"{OWN}new/", sent(team=team.pk))
    deviation = stored()
    assert (deviation.unit, deviation.team) == (None, team)
    lists = [len(client_of(one).get(OWN).context["rows"]) for one in (mia, bo)]
    assert lists == [1, 0]
    assert client_of(mia).get(f"{LIST}{deviation.pk}/").status_code == 403
    assert step(client_of(mia), deviation, "take").status_code == 403


def test_one_who_works_in_two_units_says_which(alma: User) -> None:
    other = UnitFactory()
    alma.role_assignments.create(
        role=Role.SOCIAL_WORKER, unit=other, valid_from=clock.today() - timedelta(days=1)
    )
    filer = client_of(alma)
    assert filer.post(f"{OWN}new/", sent()).status_code == 422
    filer.post(f"{OWN}new/", sent(unit=other.pk))
    assert stored().unit == other


def test_teams_of_the_own_municipality_are_offered_and_all_to_quality(
    siv: User, alma: User
) -> None:
    own = PlacementTeamFactory()
    there = PlacementTeamFactory(
        function__municipality__code="1481", function__municipality__name="Mölndal"
    )
    readers = {
        "unit": alma,
        "department": holding(
            Role.LOCAL_PROCUREMENT_COORDINATOR, department=unit_of(alma).department
        ),
        "team": holding(Role.PLACEMENT_OFFICER, team=there),
        "whole": siv,
    }
    offered = {
        name: {
            choice
            for choice, _word in client_of(one)
            .get(f"{OWN}new/")
            .context["form"]["team"]
            .field.choices
            if choice
        }
        for name, one in readers.items()
    }
    assert offered == {
        "unit": {str(own.pk)},
        "department": {str(own.pk)},
        "team": {str(there.pk)},
        "whole": {str(own.pk), str(there.pk)},
    }


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"category": ""}, "Välj vad avvikelsen gäller"),
        ({"category": "documentation"}, "Välj ett av alternativen"),
        ({"text": ""}, "Skriv vad som har hänt"),
    ],
)
def test_faulty_deviation_is_refused_and_kept(
    alma: User, given: dict[str, str], expected: str
) -> None:
    answer = client_of(alma).post(f"{OWN}new/", sent() | {"text": TEXT} | given)
    assert (answer.status_code, *told(answer, expected)) == (422, True)
    with wall.opened_for_job(SystemJob.LOAD_SAMPLE):
        assert ProcessDeviation.objects.count() == 0


def test_other_units_deviation_is_nowhere(alma: User) -> None:
    deviation = ProcessDeviationFactory(text=TEXT)
    answers = [client_of(alma).get(f"{OWN}{pk}/").status_code for pk in (deviation.pk, 10**6)]
    assert answers == [404, 404]
    page = client_of(alma).get(OWN)
    assert (page.context["rows"], page.content.decode().count('href="/deviations/new/"')) == ([], 2)


def test_quality_handles_nothing_that_it_has_filed_itself(siv: User) -> None:
    quality = client_of(siv)
    quality.post(f"{OWN}new/", sent())
    deviation = stored()
    page = quality.get(f"{LIST}{deviation.pk}/")
    assert told(page, "någon annan hanterar den", "Ta avvikelsen") == [True, False]
    assert [row.can_take for row in quality.get(LIST).context["rows"]] == [False]
    assert step(quality, deviation, "take").status_code == 403
    tell_handlers(event("deviation_filed"))
    assert mail.outbox == []


def test_one_whom_it_is_about_is_not_mailed_and_finds_nothing(siv: User, alma: User) -> None:
    request = PlacementRequestFactory(
        submitted=True,
        unit=unit_of(alma),
        created_by=alma,
        assigned_to=siv,
        assigned_at=clock.now(),
        state="in_progress",
    )
    client_of(alma).post(f"/requests/{request.reference}/deviation/", sent())
    tell_handlers(event("deviation_filed"))
    quality = client_of(siv)
    assert mail.outbox == []
    assert titles(quality) == []
    assert quality.get(f"{LIST}{stored().pk}/").status_code == 404


def test_filer_who_has_left_the_unit_is_not_mailed(siv: User, alma: User) -> None:
    deviation = ProcessDeviationFactory(filed_by=alma)
    step(client_of(siv), deviation, "take")
    step(client_of(siv), deviation, "close", outcome="justified", text="Ja.")
    tell_filer(event("deviation_answered"))
    assert mail.outbox == []


def test_late_step_is_told_who_was_first_and_keeps_what_was_typed(siv: User) -> None:
    deviation = ProcessDeviationFactory()
    first = client_of(holding(Role.QUALITY_CONTROLLER, first_name="Ola", last_name="Ask"))
    step(first, deviation, "take")
    late = client_of(siv).post(
        f"{LIST}{deviation.pk}/note/", {"version": 1, "text": "Teamet har ringt."}
    )
    words = ("Avvikelsen har ändrats", "Ola Ask", "Teamet har ringt.")
    assert (late.status_code, told(late, *words)) == (409, [True] * 3)
    taken = client_of(siv).post(f"{LIST}{deviation.pk}/take/", {"version": 2})
    assert (taken.status_code, str(stored().owner)) == (409, "Ola Ask")


def test_number_in_the_menu_is_of_those_that_others_filed_and_nobody_took(siv: User) -> None:
    quality = client_of(siv)
    taken = ProcessDeviationFactory()
    ProcessDeviationFactory()
    ProcessDeviationFactory(filed_by=siv)
    step(quality, taken, "take")
    assert 'hx-get="/control/deviations/count/"' in quality.get(LIST).content.decode()
    assert quality.get(f"{LIST}count/").context["count"] == 1


def test_list_is_narrowed_by_state_category_team_owner_and_period(siv: User) -> None:
    quality, team = client_of(siv), PlacementTeamFactory()
    old = ProcessDeviationFactory(
        category="ladder", team=team, filed_at=MORNING - timedelta(days=40)
    )
    ProcessDeviationFactory(category="contact")
    ladder, contact = "Prioriteringsordningen följdes inte", "Inget svar eller svårt att få kontakt"
    assert titles(quality) == [ladder, contact]
    assert titles(quality, category="contact") == [contact]
    assert titles(quality, team=str(team.pk)) == [ladder]
    day = (MORNING - timedelta(days=10)).date().isoformat()
    assert titles(quality, since=day) == [contact]
    assert titles(quality, until=day) == [ladder]
    step(quality, old, "take")
    assert titles(quality) == [contact]
    assert titles(quality, show="mine") == [ladder]
    assert titles(quality, show="under_review", owner=str(siv.pk)) == [ladder]
    assert titles(quality, show="under_review", owner="nobody") == []
    assert titles(quality, show="closed") == []


def test_deviation_is_corrected_and_handed_over(siv: User) -> None:
    quality, team = client_of(siv), PlacementTeamFactory()
    colleague = holding(Role.QUALITY_CONTROLLER, first_name="Ola", last_name="Ask")
    deviation = ProcessDeviationFactory(filed_by=holding(Role.QUALITY_CONTROLLER))
    page = quality.get(LIST).content.decode()
    assert page.count("csrfmiddlewaretoken") == page.count('method="post"')
    step(quality, deviation, "correct", category="ladder", team=team.pk)
    page = step(quality, deviation, "hand_over", to=colleague.pk)
    words = ("Prioriteringsordningen följdes inte.", "Lämnade över avvikelsen till Ola Ask.")
    assert told(page, *words) == [True, True]
    assert (stored().owner, stored().team, stored().state) == (colleague, team, "under_review")
    page = step(quality, deviation, "hand_over", to=deviation.filed_by_id)
    assert page.status_code == 422


def test_opening_a_deviation_is_logged_with_the_request_that_is_shown(
    siv: User, alma: User
) -> None:
    request = PlacementRequestFactory(submitted=True, unit=unit_of(alma), created_by=alma)
    deviation = ProcessDeviationFactory(unit=unit_of(alma), filed_by=alma, has_request=True)
    ProcessDeviationRequestFactory(deviation=deviation, request=request)
    client_of(alma).get(f"{OWN}{deviation.pk}/")
    client_of(siv).get(f"{LIST}{deviation.pk}/")
    with wall.opened_for_job(SystemJob.REVIEW_ACCESS_LOG):
        logged = list(AccessEntry.objects.order_by("at", "subjects").values_list("subjects"))
    name = f"PA-{deviation.pk}"
    assert sorted(logged) == [([request.reference, name],), ([name],)]


def test_pages_of_complaints_and_deviations_point_at_each_other(alma: User) -> None:
    filer, care_unit = client_of(alma), CareUnitFactory()
    request = PlacementRequestFactory(submitted=True, unit=unit_of(alma), created_by=alma)
    address = f"/requests/{request.reference}/"
    pointed = {
        f"{address}complaint/": f'href="{address}deviation/"',
        f"{address}deviation/": f'href="{address}complaint/"',
        f"/register/units/{care_unit.code}/complaint/": 'href="/deviations/new/"',
        "/deviations/new/": 'href="/register/units/"',
    }
    assert {page: told(filer.get(page), link)[0] for page, link in pointed.items()} == (
        dict.fromkeys(pointed, True)
    )


@pytest.mark.parametrize("size", [1, 40])
def test_queries_are_as_many_whatever_the_size(siv: User, alma: User, size: int) -> None:
    team = PlacementTeamFactory()
    ProcessDeviationFactory.create_batch(size, unit=unit_of(alma), filed_by=alma, team=team)
    counted = []
    for client, url in ((client_of(siv), LIST), (client_of(alma), OWN)):
        client.get(url)
        with CaptureQueriesContext(connection) as queries:
            client.get(url)
        counted.append(len(queries))
    assert counted == [QUERIES, OWN_QUERIES]
