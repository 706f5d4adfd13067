"""The whole main job in a browser: a social worker and an officer, from need to chosen unit."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from spink.accounts.models import User
from spink.catalogue.actions import load_catalogue
from spink.foundation import clock
from tests.support.accessibility import remarks_on
from tests.support.small_world import World, open_units, settle_people

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PASSWORD = "Ett-langt-losenord-1"
DAYS_AHEAD = timedelta(days=7)


@pytest.fixture
def city(transactional_db: None) -> World:
    load_catalogue()
    world = settle_people()
    open_units()
    for user in (world.social_worker, world.officer):
        user.set_password(PASSWORD)
        user.save()
    return world


def may_log_in(user: User, last_name: str) -> User:
    user.last_name = last_name
    user.set_password(PASSWORD)
    user.save()
    return user


@contextmanager
def desk(browser: Browser, server: LiveServer, user: User) -> Iterator[Page]:
    """A browser of one's own, logged in."""
    context = browser.new_context(locale="sv-SE", timezone_id="Europe/Stockholm")
    page = context.new_page()
    page.goto(server.url)
    page.get_by_label("Användarnamn").fill(user.username)
    page.get_by_label("Lösenord").fill(PASSWORD)
    page.get_by_role("button", name="Logga in").click()
    yield page
    context.close()


def check_is_accessible(page: Page) -> None:
    """At its end, where a bar that stays in sight while one scrolls covers nothing."""
    page.wait_for_load_state("load")
    page.evaluate("window.scrollTo(0, document.body.scrollHeight)")
    assert (page.url, remarks_on(page)) == (page.url, [])


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def file_request(page: Page) -> str:
    """Through every section to the end; gives the reference number."""
    press(page, "Ny förfrågan")
    page.get_by_label("Samordningsnummer").check()
    page.get_by_label("Nummer", exact=False).last.fill("191500722390")
    page.get_by_label("Förnamn").fill("Astrid")
    page.get_by_label("Efternamn").fill("Lund")
    page.get_by_label("Ålder").fill("34")
    page.get_by_label("Kvinna").check()
    press(page, "Spara och fortsätt")
    page.get_by_label("Insats").select_option("short_term_housing")
    page.get_by_label("Inriktning").select_option("fysiska funktionsnedsättningar")
    press(page, "Spara och fortsätt")
    page.get_by_label("Lagrum").select_option("sol_2025")
    page.get_by_label("Beslutsdatum").fill(clock.today().isoformat())
    page.get_by_label("Önskad start").fill((clock.today() + DAYS_AHEAD).isoformat())
    page.get_by_label("Snart").check()
    press(page, "Spara och fortsätt")
    wishes = page.get_by_role("group", name="Behov som du önskar ska mötas")
    wishes.get_by_label("Särskilt behov av tillsyn").check()
    press(page, "Spara och fortsätt")
    page.get_by_label("Nära").select_option("goteborg_hisingen")
    press(page, "Spara och fortsätt")
    page.get_by_label("Med vilken grund").select_option("consent")
    press(page, "Spara och fortsätt")
    page.get_by_role("link", name="Kontrollera dina svar").click()
    press(page, "Skicka förfrågan")
    expect(page.get_by_role("status")).to_contain_text("är skickad")
    check_is_accessible(page)
    return page.url.rstrip("/").rsplit("/", 1)[-1]


def recommend(page: Page, reference: str) -> None:
    """Take the request, match it, ask a unit, note its answer, recommend."""
    page.goto(page.url.split("/queue")[0] + f"/requests/{reference}/")
    press(page, "Ta förfrågan")
    page.get_by_role("link", name="Matchning").first.click()
    page.get_by_label("Välj Ekhagen").check()
    press(page, "Fråga")
    expect(page.locator("main")).to_contain_text("Ekhagen")
    page.get_by_role("link", name="Matchning").first.click()
    page.get_by_label("Välj Ekhagen").check()
    press(page, "Rekommendera")
    press(page, "Skicka rekommendationen")
    expect(page.locator("main")).to_contain_text("Ekhagen")
    check_is_accessible(page)


def test_main_job_from_request_to_chosen_unit(
    browser: Browser, live_server: LiveServer, city: World
) -> None:
    with desk(browser, live_server, city.social_worker) as worker:
        reference = file_request(worker)
        with desk(browser, live_server, city.officer) as officer:
            recommend(officer, reference)
        worker.reload()
        check_is_accessible(worker)
        expect(worker.locator("main")).to_contain_text("Nu väntar vi på dig")
        worker.get_by_role("link", name="Vi valde Ekhagen").click()
        expect(worker.get_by_label("Ekhagen")).to_be_checked()
        press(worker, "Skicka återkopplingen")
        expect(worker.locator("main")).to_contain_text("Valde Ekhagen")
        expect(worker.locator("main")).to_contain_text("Avslutad")
        check_is_accessible(worker)
