"""What Spink does by itself, as administrators see it."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django_celery_beat.schedulers import ModelEntry

from providers.models import ItemState, MonitoringSource, Sweep, SweepItem
from spink.accounts.domain.roles import Role
from spink.celery import app
from spink.foundation import clock, jobs
from spink.foundation.models import JobRun
from tests.conftest import MORNING
from tests.factories.accounts import holding
from tests.factories.providers import ProviderFactory
from tests.integration.providers.test_register_pages import client_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen_clock")]

PAGE = "/administration/jobs/"
SWEEP = "spink.foundation.tasks.sweep_outbox"
SHOWN = {
    SWEEP: ("Utför det som blev liggande i utkorgen", "Var 10:e sekund"),
    "providers.tasks.monitor_providers": ("Fråga källor om utförare", "Var 20:e sekund"),
    "providers.tasks.carry_out_planned_changes": (
        "Utför planerade ändringar av registret",
        "Var 10:e minut",
    ),
    "providers.tasks.forget_uploads": (
        "Glöm registerfiler som ingen bekräftade",
        "Varje timme, minut 40",
    ),
    "spink.accounts.tasks.forget_api_leftovers": (
        "Glöm sparade svar och utgångna åtkomsttoken i API:et",
        "Varje timme, minut 50",
    ),
    "placements.tasks.sweep_attachment_files": (
        "Städa bort filer som inget dokument har",
        "Varje dag 03:20",
    ),
    "placements.tasks.write_mail_digests": (
        "Skriv dagens mejl",
        "Var 10:e minut kl. 7–10, måndag till fredag",
    ),
}


@pytest.fixture
def client() -> Client:
    return client_of(holding(Role.ADMINISTRATOR))


@pytest.fixture
def clocked() -> None:
    """The clock has started once."""
    for name, entry in app.conf.beat_schedule.items():
        ModelEntry.from_entry(name, app=app, **entry)


def rows(client: Client) -> dict[str, tuple[str, str, str]]:
    shown = client.get(PAGE).context["rows"]
    return {str(row.label): (row.when, row.state, row.note) for row in shown}


def test_schedule_of_the_settings_is_in_the_database_and_told_in_words(
    client: Client, clocked: None
) -> None:
    timed = {one["task"] for one in app.conf.beat_schedule.values()}
    shown = rows(client)
    assert len(shown) == len(timed)
    assert timed & set(shown) == set(), "a job has no description"
    assert {label: shown[label] for label, _ in SHOWN.values()} == {
        label: (when, "Har inte körts ännu", "") for label, when in SHOWN.values()
    }


def test_page_says_that_the_clock_has_not_started(client: Client) -> None:
    assert "Klockan har inte startat ännu" in client.get(PAGE).content.decode()


def test_runs_and_failures_are_noted(client: Client, clocked: None) -> None:
    task = app.tasks[SWEEP]
    label = SHOWN[SWEEP][0]
    jobs.note_begin(sender=task)
    assert rows(client)[label][1] == "Påbörjat, inte avslutat"
    try:
        raise LookupError("Åsa Öberg")
    except LookupError as error:
        for _ in range(2):
            jobs.note_failure(sender=task, exception=error)
    _when, state, note = rows(client)[label]
    assert (state, "LookupError in test_jobs_page.py" in note, "Åsa" in note) == (
        "Misslyckades 2 gånger",
        True,
        False,
    )
    jobs.note_end(sender=task)
    assert rows(client)[label][1] == "Fungerar"
    assert JobRun.objects.get().failures == 0


def test_job_without_a_time_is_shown_when_it_has_failed(client: Client, clocked: None) -> None:
    task = app.tasks["providers.tasks.carry_on_sweep"]
    jobs.note_begin(sender=task)
    assert JobRun.objects.count() == 0
    jobs.note_failure(sender=task, exception=ValueError("5560125790"))
    assert rows(client)["Fråga en källa om några utförare"][0] == "När det finns något att göra"


def swept(code: str, **given: Any) -> Sweep:
    source = MonitoringSource.objects.create(code=code, name=code.upper())
    given = {"begun_at": MORNING, "gives_up_at": MORNING + timedelta(days=1), **given}
    return Sweep.objects.create(source=source, **given)


def test_sweep_under_way_has_a_bar_and_the_last_one_its_end(client: Client) -> None:
    running = swept("ivo", total=3)
    for state in (ItemState.ANSWERED, ItemState.UNANSWERED, ItemState.WAITING):
        SweepItem.objects.create(
            sweep=running, provider=ProviderFactory(), state=state, free_at=clock.now()
        )
    swept("media", total=7, answered=7, ended_at=MORNING)
    page = client.get(PAGE).content.decode()
    assert '<progress aria-labelledby="progress-text1" value="2" max="3">' in page
    told = ("2 av 3, påbörjad i dag 09:00", "1 inte besvarad", "Avslutad i dag 09:00, 7 utförare")
    assert [text in page for text in told] == [True] * 3
    part = client.get(PAGE, headers={"HX-Request": "true"}).content.decode()
    assert ("<progress" in part, "<html" in part) == (True, False)


def test_library_pages_of_its_own_are_not_there() -> None:
    keeper = client_of(holding(Role.QUALITY_CONTROLLER))
    assert keeper.get("/admin/django_celery_beat/periodictask/").status_code == 404
