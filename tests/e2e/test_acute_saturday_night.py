"""An acute Saturday night in a browser: who answers, a placement, and what Monday finds."""

from datetime import date, datetime, time

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from placements import actions
from placements.domain.sections import Section
from placements.models import PlacementRequest
from providers.diary import changing_register
from providers.models import CareUnit
from spink.accounts.domain.roles import Role
from spink.accounts.models import Department, User
from spink.catalogue.actions import load_catalogue
from spink.foundation.actor import Actor
from spink.foundation.clock import STOCKHOLM
from tests.e2e.test_main_job import PASSWORD, check_is_accessible, desk, press
from tests.factories import accounts as people
from tests.integration.placements.conftest import SECTIONS
from tests.support.clocks import ClockOnTheWall
from tests.support.filing import file_draft
from tests.support.pictures import picture
from tests.support.small_world import FRAMEWORK, World, open_units, settle_people

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SATURDAY = datetime(2026, 3, 7, 23, 30, tzinfo=STOCKHOLM)
MONDAY = datetime(2026, 3, 9, 9, 10, tzinfo=STOCKHOLM)
JOUR = "031-390 06 00"


@pytest.fixture
def wall_clock(monkeypatch: pytest.MonkeyPatch) -> ClockOnTheWall:
    return ClockOnTheWall(SATURDAY).hung_up(monkeypatch)


@pytest.fixture
def city(transactional_db: None, wall_clock: ClockOnTheWall) -> World:
    load_catalogue()
    world = settle_people()
    open_units()
    with changing_register(by=Actor.system("test"), note="Akuta intag"):
        for unit in CareUnit.objects.filter(code=FRAMEWORK):
            unit.takes_acute_admissions, unit.phone = True, "031-390 06 11"
            unit.save()
    _decide_hours()
    return world


def _decide_hours() -> None:
    open_days = [time(8)] * 5 + [None] * 2
    values = {
        "acute_hours": 3,
        "soon_hours": 8,
        "planned_hours": 40,
        "feedback_days": 3,
        "opens": open_days,
        "closes": [day and time(16, 30) for day in open_days],
        "jour_name": "Socialjouren Göteborg",
        "jour_phone": JOUR,
    }
    actions.save_office_hours(
        municipality="1480",
        valid_from=SATURDAY.date(),
        values=values,
        seen=0,
        by=Actor.system("test"),
    )


def known(user: User) -> User:
    user.set_password(PASSWORD)
    user.save()
    return user


def out_of_hours_worker() -> User:
    department = Department.objects.get(name="Centrum")
    unit = people.UnitFactory(department=department, name="Socialjouren")
    return known(
        people.holding(Role.OUT_OF_HOURS_WORKER, unit=unit, first_name="Noor", last_name="Haddad")
    )


def acute_draft(world: World) -> PlacementRequest:
    decided = {"decision_date": date(2026, 3, 7), "wanted_start": date(2026, 3, 7)}
    decision = SECTIONS[Section.DECISION] | decided | {"urgency": "acute"}
    decision["legal_basis"] = "sol_2025"
    return file_draft(world, world.social_worker, SECTIONS | {Section.DECISION: decision})


def send_and_read_who_answers(page: Page, server: LiveServer, reference: str) -> None:
    page.goto(f"{server.url}/requests/{reference}/check/")
    expect(page.locator("main")).to_contain_text(JOUR)
    press(page, "Skicka förfrågan")
    expect(page.locator("main")).to_contain_text("öppnar måndag 9 mars 08:00")
    expect(page.locator("main")).to_contain_text("3 arbetstimmar: akut, skickad i dag 23:30")
    check_is_accessible(page)
    picture(page, "acute-who-answers")


def place_at_night(page: Page, server: LiveServer) -> str:
    """On duty, the least is written down, and a unit that answers at night takes the person."""
    page.goto(f"{server.url}/duty/")
    page.get_by_label("Varför du går i tjänst").fill("Socialjour, natten mot söndag")
    press(page, "Gå i tjänst")
    page.get_by_role("link", name="Jourplaceringar").first.click()
    check_is_accessible(page)
    page.get_by_role("link", name="Ny akut placering").click()
    page.get_by_label("Insats").select_option("short_term_housing")
    page.get_by_label("Inriktning").select_option("fysiska funktionsnedsättningar")
    page.get_by_label("Ålder", exact=False).first.fill("67")
    page.get_by_label("Man", exact=True).check()
    page.get_by_label("Förnamn").fill("Rune")
    page.get_by_label("Vilken enhet kompletterar").select_option(label="Utredning 3")
    page.get_by_label("Vad som har hänt").fill("Hittad av polisen, kan inte vara ensam hemma.")
    picture(page, "acute-begin", whole=True)
    press(page, "Visa verksamheter som tar emot akut")
    page.get_by_label("Välj Ekhagen").check()
    page.get_by_label("Varför gick det inte att vänta").select_option("no_roof")
    picture(page, "acute-place", whole=True)
    press(page, "Registrera placeringen")
    expect(page.locator("main")).to_contain_text("Placerade personen hos Ekhagen")
    check_is_accessible(page)
    picture(page, "acute-placed")
    return page.url.rstrip("/").rsplit("/", 1)[-1]


def complete_on_monday(page: Page, server: LiveServer, reference: str) -> None:
    page.goto(f"{server.url}/requests/out-of-hours/")
    expect(page.locator("main")).to_contain_text("i dag 16:30")
    check_is_accessible(page)
    picture(page, "acute-to-complete")
    page.get_by_role("link", name=f"Komplettera {reference}").click()
    page.get_by_role("link", name="Kontrollera dina svar").click()
    press(page, "Komplettera och avsluta förfrågan")
    page.get_by_role("link", name="Lagrum: Fyll i").click()
    page.get_by_label("Lagrum").select_option("sol_2025")
    page.get_by_label("Beslutsdatum").fill("2026-03-08")
    press(page, "Spara och fortsätt")
    press(page, "Komplettera och avsluta förfrågan")
    expect(page.locator("main")).to_contain_text("Avslutad")
    check_is_accessible(page)


def test_acute_saturday_night_from_the_telephone_to_monday(
    browser: Browser, live_server: LiveServer, city: World, wall_clock: ClockOnTheWall
) -> None:
    draft = acute_draft(city)
    with desk(browser, live_server, known(city.social_worker)) as worker:
        send_and_read_who_answers(worker, live_server, draft.reference)
    with desk(browser, live_server, out_of_hours_worker()) as night:
        reference = place_at_night(night, live_server)
    wall_clock.shows = MONDAY
    with desk(browser, live_server, known(city.colleague)) as monday:
        complete_on_monday(monday, live_server, reference)
