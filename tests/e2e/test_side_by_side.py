"""HVB and family home side by side in a browser: linked, one of them answered, the other closed."""

from datetime import datetime

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from spink.catalogue.actions import load_catalogue
from spink.foundation.clock import STOCKHOLM
from tests.e2e.test_main_job import check_is_accessible, desk, may_log_in
from tests.factories import accounts as people
from tests.factories import providers as register
from tests.support import filing_by_hand as filing
from tests.support.clocks import ClockOnTheWall
from tests.support.pictures import picture
from tests.support.small_world import World, settle_people

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

MONDAY = datetime(2026, 3, 9, 9, 10, tzinfo=STOCKHOLM)
WHO = filing.Who("Elias", "Lund", 15, "Man")
HOME, FAMILY = ("residential_care_home", "utredning"), ("foster_home", "familjehem")


@pytest.fixture
def city(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> World:
    ClockOnTheWall(MONDAY).hung_up(monkeypatch)
    load_catalogue()
    world = settle_people()
    team = world.officer.role_assignments.get().team
    for (service, _subtype), name in ((HOME, "Björkbacken"), (FAMILY, "Familjehem Norr")):
        people.TeamServiceFactory(team=team, service_type=service)
        unit = register.CareUnitFactory(
            code=name,
            name=name,
            phone="031-390 06 31",
            places_confirmed_at=MONDAY,
            places_confirmed_by="Mona Ek",
        )
        register.CareUnitServiceFactory(unit=unit, service_type_id=service)
        register.PermitFactory(unit=unit)
        lot = register.AgreementLotFactory(service_type_id=service)
        register.AgreementUnitFactory(lot=lot, unit=unit)
    may_log_in(world.social_worker, "Berg")
    may_log_in(world.officer, "Strand")
    return world


def begin(page: Page, what: tuple[str, str]) -> None:
    filing.click(page, "Ny förfrågan")
    filing.say_who(page, WHO)
    page.get_by_label("Barnets bästa").fill("Elias behöver komma ifrån gänget och nära sin skola.")
    filing.save(page)
    filing.say_what(page, *what)
    filing.say_when(page)
    filing.say_the_rest(page)


def file_both(page: Page) -> tuple[str, str]:
    """The second is pointed out as a possible double, which it is not: they are linked."""
    begin(page, HOME)
    home = filing.send(page)
    page.get_by_role("link", name="Mina förfrågningar").first.click()
    begin(page, FAMILY)
    expect(page.locator("main")).to_contain_text("Eventuell dubblett")
    filing.click(page, f"Koppla ihop {home}")
    expect(page.locator("main")).to_contain_text("Parallella förfrågningar")
    return home, filing.send(page)


def recommend(page: Page, server: LiveServer, home: str, family: str) -> None:
    page.goto(f"{server.url}/requests/{home}/match/")
    filing.click(page, "Ta förfrågan")
    expect(page.locator("main")).to_contain_text("Parallella förfrågningar")
    expect(page.locator("main")).to_contain_text(family)
    page.get_by_label("Välj Björkbacken").check()
    filing.click(page, "Rekommendera")
    filing.click(page, "Skicka rekommendationen")
    expect(page.locator("main")).to_contain_text("Rekommenderad")


def choose_one_and_close_the_other(page: Page, server: LiveServer, home: str, family: str) -> None:
    page.goto(f"{server.url}/requests/{home}/")
    expect(page.get_by_role("button", name=f"Stäng {family}")).not_to_be_visible()
    page.get_by_role("link", name="Vi valde Björkbacken").click()
    filing.click(page, "Skicka återkopplingen")
    expect(page.locator("#todo")).to_have_text("Ska den andra förfrågan stängas?")
    check_is_accessible(page)
    picture(page, "side-by-side-answered")
    filing.click(page, f"Stäng {family}")
    expect(page.get_by_role("status")).to_contain_text("återtagen")
    expect(page.locator("main")).to_contain_text("Återtagen")


def test_home_and_family_are_asked_for_side_by_side_and_one_is_closed(
    browser: Browser, live_server: LiveServer, city: World
) -> None:
    with desk(browser, live_server, city.social_worker) as worker:
        home, family = file_both(worker)
        with desk(browser, live_server, city.officer) as officer:
            recommend(officer, live_server, home, family)
        choose_one_and_close_the_other(worker, live_server, home, family)
