"""A double across two departments in a browser: the own department is warned, the officer sees
both and asks, and neither department learns of the other."""

from datetime import datetime

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from spink.accounts.domain.roles import Role
from spink.accounts.models import Department, User
from spink.catalogue.actions import load_catalogue
from spink.foundation.clock import STOCKHOLM
from tests.e2e.test_main_job import check_is_accessible, desk, may_log_in
from tests.factories import accounts as people
from tests.support import filing_by_hand as filing
from tests.support.clocks import ClockOnTheWall
from tests.support.pictures import picture
from tests.support.small_world import World, open_units, settle_people

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

MONDAY = datetime(2026, 3, 9, 9, 10, tzinfo=STOCKHOLM)
WHO = filing.Who("Astrid", "Lund", 67, "Kvinna")
SERVICE, SUBTYPE = "short_term_housing", "fysiska funktionsnedsättningar"
QUESTION = "Kan personen ha fått ett beslut av någon mer? Fråga personen innan jag söker vidare."


@pytest.fixture
def city(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> World:
    ClockOnTheWall(MONDAY).hung_up(monkeypatch)
    load_catalogue()
    world = settle_people()
    open_units()
    may_log_in(world.social_worker, "Berg")
    may_log_in(world.other_department, "Nyman")
    may_log_in(world.officer, "Strand")
    return world


@pytest.fixture
def neighbour(city: World) -> User:
    """Of the same department as the one who files, in another unit."""
    department = Department.objects.get(name="Funktionsstöd")
    unit = people.UnitFactory(department=department, name="Utredning 4")
    return may_log_in(people.holding(Role.SOCIAL_WORKER, unit=unit, first_name="Maja"), "Ek")


def begin(page: Page) -> None:
    filing.click(page, "Ny förfrågan")
    filing.say_who(page, WHO)
    filing.say_what(page, SERVICE, SUBTYPE)
    filing.say_when(page)
    filing.say_the_rest(page)


def be_warned_and_throw_away(page: Page, others: list[str]) -> None:
    begin(page)
    main = page.locator("main")
    expect(main).to_contain_text("Eventuell dubblett")
    expect(main).to_contain_text("Utredning 3 har en öppen förfrågan")
    learns_nothing(page, [*others, "Centrum", "Nyman"])
    check_is_accessible(page)
    picture(page, "double-warned")
    page.get_by_role("link", name="Kasta utkastet").click()
    page.get_by_label("Förfrågan är en dubblett").check()
    filing.click(page, "Kasta")


def find_and_ask(page: Page, server: LiveServer, one: str, other: str) -> None:
    """Among all that were sent the officer sees both, and asks without telling of the other."""
    page.goto(f"{server.url}/requests/{one}/match/")
    filing.click(page, "Ta förfrågan")
    main = page.locator("main")
    expect(main).to_contain_text("Eventuell dubblett")
    expect(main).to_contain_text(other)
    expect(main).to_contain_text("Fråga var och en")
    check_is_accessible(page)
    picture(page, "double-officer")
    page.get_by_role("link", name="Fråga om komplettering").click()
    page.get_by_label("Vad behöver du veta").fill(QUESTION)
    filing.click(page, "Skicka frågan")


def withdraw(page: Page, server: LiveServer, own: str, other: str) -> None:
    page.goto(f"{server.url}/requests/{own}/")
    expect(page.locator("main")).to_contain_text(QUESTION)
    learns_nothing(page, [other, "Eventuell dubblett", "Centrum", "Nyman"])
    answer = page.goto(f"{server.url}/requests/{other}/")
    assert answer is not None
    assert answer.status == 404
    page.goto(f"{server.url}/requests/{own}/withdraw/")
    page.get_by_label("Förfrågan är en dubblett").check()
    filing.click(page, "Återta")
    expect(page.locator("main")).to_contain_text("Återtagen")
    learns_nothing(page, [other, "Eventuell dubblett", "Centrum", "Nyman"])


def learns_nothing(page: Page, words: list[str]) -> None:
    for word in words:
        expect(page.locator("main")).not_to_contain_text(word)


def go_on_with_the_other(page: Page, server: LiveServer, one: str, other: str) -> None:
    page.goto(f"{server.url}/requests/{other}/match/")
    main = page.locator("main")
    expect(main).to_contain_text(one)
    expect(main).to_contain_text("Återtagen")
    expect(main).not_to_contain_text("Eventuell dubblett")


def test_double_across_departments_is_resolved_and_the_wall_holds(
    browser: Browser, live_server: LiveServer, city: World, neighbour: User
) -> None:
    with desk(browser, live_server, city.other_department) as elsewhere:
        begin(elsewhere)
        other = filing.send(elsewhere)
        with desk(browser, live_server, city.social_worker) as worker:
            begin(worker)
            learns_nothing(worker, [other, "Eventuell dubblett"])
            one = filing.send(worker)
            with desk(browser, live_server, neighbour) as warned:
                be_warned_and_throw_away(warned, [one, other])
            with desk(browser, live_server, city.officer) as officer:
                find_and_ask(officer, live_server, one, other)
                withdraw(worker, live_server, one, other)
                go_on_with_the_other(officer, live_server, one, other)
        elsewhere.reload()
        learns_nothing(elsewhere, [one, "Eventuell dubblett", "Funktionsstöd", "Berg"])
