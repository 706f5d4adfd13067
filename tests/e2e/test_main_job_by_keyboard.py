"""The whole main job by keyboard alone: no mouse, and the focus in sight at every step."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from spink.accounts.models import User
from spink.catalogue.actions import load_catalogue
from spink.foundation import clock
from tests.support.keyboard import Keyboard
from tests.support.pictures import picture
from tests.support.small_world import World, open_units, settle_people

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PASSWORD = "Ett-langt-losenord-1"
DAYS_AHEAD = timedelta(days=7)


@pytest.fixture
def people(transactional_db: None) -> World:
    load_catalogue()
    world = settle_people()
    open_units()
    for user in (world.social_worker, world.officer):
        user.set_password(PASSWORD)
        user.save()
    return world


@contextmanager
def logged_in(browser: Browser, server: LiveServer, user: User) -> Iterator[tuple[Page, Keyboard]]:
    context = browser.new_context(locale="sv-SE", timezone_id="Europe/Stockholm")
    page = context.new_page()
    page.goto(server.url)
    keys = Keyboard(page)
    keys.fill("Användarnamn", user.username)
    keys.fill("Lösenord", PASSWORD)
    keys.activate("Logga in")
    yield page, keys
    context.close()


def file_request(page: Page, keys: Keyboard) -> str:
    """Through every section to the end; gives the reference number."""
    keys.activate("Ny förfrågan")
    keys.pick("Personnummer", "Samordningsnummer")
    keys.fill("Nummer", "191500722390")
    keys.fill("Förnamn", "Astrid")
    keys.fill("Efternamn", "Lund")
    keys.fill("Ålder", "34")
    keys.pick("Kvinna", "Kvinna")
    keys.activate("Spara och fortsätt")
    keys.choose("Insats", "Korttidsboende")
    keys.choose("Inriktning", "Fysiska")
    keys.activate("Spara och fortsätt")
    keys.choose("Lagrum", "Bistånd enligt s")
    keys.fill("Beslutsdatum", clock.today().isoformat())
    keys.fill("Önskad start", (clock.today() + DAYS_AHEAD).isoformat())
    keys.pick("Akut", "Snart")
    keys.activate("Spara och fortsätt")
    keys.to("Särskilt behov av tillsyn", "checkbox")
    keys.mark("Särskilt behov av tillsyn")
    keys.activate("Spara och fortsätt")
    keys.choose("Nära", "Göteborg, Hisingen")
    keys.activate("Spara och fortsätt")
    keys.choose("Med vilken grund", "Samtycke")
    keys.activate("Spara och fortsätt")
    keys.activate("Kontrollera dina svar")
    keys.activate("Skicka förfrågan")
    expect(page.get_by_role("status")).to_contain_text("är skickad")
    return page.url.rstrip("/").rsplit("/", 1)[-1]


def recommend(page: Page, keys: Keyboard) -> None:
    """Take the next, ask a unit and note its answer, recommend it: mostly by single keys."""
    keys.press("?")
    expect(page.get_by_role("dialog")).to_contain_text("Ta nästa")
    picture(page, "shortcuts")
    keys.press("Escape")
    keys.open_by("n")
    expect(page.locator("main")).to_contain_text("är din nu")
    keys.press("1")
    focused = keys.focused()
    assert focused is not None
    assert (focused.name, focused.checked) == ("Välj Ekhagen", True)
    keys.open_by("f")
    keys.activate("Anteckna att de är frågade")
    keys.activate("Anteckna svaret")
    keys.pick("Ja, har plats", "Ja, har plats")
    keys.activate("Spara svaret")
    keys.open_by("m")
    keys.press("1")
    keys.open_by("r")
    keys.fill("Meddelande till socialsekreteraren", "Ekhagen har plats på måndag.")
    keys.activate("Skicka rekommendationen")
    expect(page.locator("main")).to_contain_text("Ekhagen")
    keys.open_by("a")
    expect(page.get_by_role("heading", level=1)).to_have_text("Arbetskö")


def report_back(page: Page, keys: Keyboard, reference: str) -> None:
    keys.activate("Mina förfrågningar")
    expect(page.locator("main")).to_contain_text(reference)
    keys.activate("Korttidsboende")
    keys.activate("Vi valde Ekhagen")
    expect(page.get_by_label("Ekhagen")).to_be_checked()
    keys.activate("Skicka återkopplingen")
    expect(page.locator("main")).to_contain_text("Valde Ekhagen")
    expect(page.locator("main")).to_contain_text("Avslutad")


def test_main_job_by_keyboard_alone(
    browser: Browser, live_server: LiveServer, people: World
) -> None:
    with logged_in(browser, live_server, people.social_worker) as (page, keys):
        reference = file_request(page, keys)
        with logged_in(browser, live_server, people.officer) as (officers_page, officers_keys):
            recommend(officers_page, officers_keys)
        report_back(page, keys, reference)
