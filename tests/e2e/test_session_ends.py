"""An open page says in good time that its session ends, and keeps what was typed."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, expect
from pytest_django.live_server_helper import LiveServer

from spink.accounts.domain.roles import Role
from spink.accounts.models import User
from tests.factories.accounts import UnitFactory, holding
from tests.gallery.server import serving
from tests.support.accessibility import remarks_on

pytestmark = pytest.mark.browser

PASSWORD = "en mycket hemlig mening"


@pytest.fixture(scope="module")
def gallery() -> Iterator[str]:
    with serving() as address:
        yield address


@pytest.fixture
def typing(page: Page, gallery: str) -> Page:
    page.clock.install()
    page.goto(f"{gallery}/form/")
    page.get_by_label("Motivering").fill("Brister i tillsynen.")
    return page


def bar(page: Page) -> Locator:
    return page.locator("#session-ends")


def test_nothing_is_said_while_there_is_time(typing: Page) -> None:
    typing.clock.fast_forward("27:30")
    expect(bar(typing)).to_be_hidden()


def test_warning_comes_before_the_end_and_goes_when_one_goes_on(typing: Page) -> None:
    typing.clock.fast_forward("28:30")
    expect(bar(typing)).to_contain_text("Du loggas snart ut")
    assert remarks_on(typing) == []
    typing.get_by_role("button", name="Fortsätt arbeta").click()
    expect(bar(typing)).to_be_hidden()
    typing.clock.fast_forward("26:00")
    expect(bar(typing)).to_be_hidden()


def test_end_is_told_and_what_was_typed_is_kept(typing: Page) -> None:
    typing.clock.fast_forward("31:00")
    expect(bar(typing)).to_contain_text("Du har loggats ut.")
    expect(bar(typing)).not_to_contain_text("Fortsätt arbeta", use_inner_text=True)
    expect(typing.get_by_label("Motivering")).to_have_value("Brister i tillsynen.")


def test_work_in_another_tab_keeps_this_one(typing: Page, gallery: str) -> None:
    other = typing.context.new_page()
    typing.clock.fast_forward("29:00")
    expect(bar(typing)).to_be_visible()
    other.goto(f"{gallery}/form/")
    expect(bar(typing)).to_be_hidden()


@pytest.fixture
def social_worker(transactional_db: None) -> User:
    worker = holding(Role.OUT_OF_HOURS_WORKER, unit=UnitFactory(), username="jour")
    worker.set_password(PASSWORD)
    worker.save()
    return worker


def log_in(page: Page, username: str) -> None:
    page.get_by_label("Användarnamn").fill(username)
    page.get_by_label("Lösenord").fill(PASSWORD)
    page.get_by_role("button", name="Logga in").click()


def kept_in_tab(page: Page) -> str:
    """What our script keeps; htmx notes the page's address there as well."""
    own = "Object.entries(sessionStorage).filter(([name]) => name.startsWith('typed:'))"
    return str(page.evaluate(f"JSON.stringify(Object.fromEntries({own}))"))


def wait_until_kept(page: Page, is_kept: bool) -> None:
    for _attempt in range(50):
        if (kept_in_tab(page) != "{}") == is_kept:
            return
        page.wait_for_timeout(100)
    raise AssertionError(kept_in_tab(page))


@pytest.fixture
def cut_off(page: Page, live_server: LiveServer, social_worker: User) -> Page:
    """Somebody types, and the session ends meanwhile."""
    page.goto(f"{live_server.url}/duty/")
    log_in(page, social_worker.username)
    page.wait_for_url("**/duty/")
    page.clock.install()
    page.reload()
    page.get_by_label("Varför du går i tjänst").fill("Lördagsnatt")
    page.context.clear_cookies(name="sessionid")
    page.clock.fast_forward("31:00")
    expect(bar(page)).to_contain_text("Du har loggats ut.")
    wait_until_kept(page, True)
    return page


def test_login_in_the_same_tab_leads_back_to_what_was_typed(
    cut_off: Page, social_worker: User
) -> None:
    assert "natt" not in kept_in_tab(cut_off)
    expect(cut_off.locator("main")).to_be_hidden()
    bar(cut_off).get_by_role("link", name="Logga in").click()
    log_in(cut_off, social_worker.username)
    expect(bar(cut_off)).to_contain_text("Det du hade skrivit är tillbaka.")
    expect(cut_off.get_by_label("Varför du går i tjänst")).to_have_value("Lördagsnatt")
    cut_off.get_by_role("button", name="Gå i tjänst").click()
    expect(cut_off.get_by_text("Du är i tjänst").first).to_be_visible()
    assert kept_in_tab(cut_off) == "{}"


def test_somebody_else_who_logs_in_finds_nothing(cut_off: Page) -> None:
    other = holding(Role.OUT_OF_HOURS_WORKER, unit=UnitFactory(), username="annan")
    other.set_password(PASSWORD)
    other.save()
    bar(cut_off).get_by_role("link", name="Logga in").click()
    log_in(cut_off, "annan")
    expect(cut_off.get_by_label("Varför du går i tjänst")).to_have_value("")
    wait_until_kept(cut_off, False)


def log_in_elsewhere(page: Page, live_server: LiveServer, username: str) -> None:
    other = page.context.new_page()
    other.goto(f"{live_server.url}/login/")
    log_in(other, username)
    other.wait_for_url(lambda url: "/login/" not in url)


def test_page_comes_back_when_the_same_person_logs_in_in_another_tab(
    cut_off: Page, live_server: LiveServer, social_worker: User
) -> None:
    log_in_elsewhere(cut_off, live_server, social_worker.username)
    expect(cut_off.get_by_label("Varför du går i tjänst")).to_be_visible()
    expect(cut_off.get_by_label("Varför du går i tjänst")).to_have_value("Lördagsnatt")
    cut_off.get_by_role("button", name="Gå i tjänst").click()
    expect(cut_off.get_by_text("Du är i tjänst").first).to_be_visible()


def test_page_is_left_when_somebody_else_logs_in_in_another_tab(
    cut_off: Page, live_server: LiveServer
) -> None:
    other = holding(Role.OUT_OF_HOURS_WORKER, unit=UnitFactory(), username="annan")
    other.set_password(PASSWORD)
    other.save()
    log_in_elsewhere(cut_off, live_server, "annan")
    cut_off.wait_for_url(lambda url: not url.endswith("/duty/"))
    assert kept_in_tab(cut_off) == "{}"


def test_logout_in_one_tab_leaves_the_pages_of_all(
    page: Page, live_server: LiveServer, social_worker: User
) -> None:
    page.goto(f"{live_server.url}/duty/")
    log_in(page, social_worker.username)
    page.get_by_label("Varför du går i tjänst").fill("Lördagsnatt")
    other = page.context.new_page()
    other.goto(f"{live_server.url}/duty/")
    other.get_by_role("button", name="Logga ut").click()
    page.wait_for_url("**/login/**")
    assert kept_in_tab(page) == "{}"


def test_logout_takes_away_what_was_kept(cut_off: Page, social_worker: User) -> None:
    bar(cut_off).get_by_role("link", name="Logga in").click()
    kept = kept_in_tab(cut_off)
    log_in(cut_off, social_worker.username)
    expect(bar(cut_off)).to_contain_text("Det du hade skrivit är tillbaka.")
    cut_off.evaluate("kept => Object.assign(sessionStorage, JSON.parse(kept))", kept)
    cut_off.get_by_role("button", name="Logga ut").click()
    cut_off.wait_for_url("**/login/**")
    assert kept_in_tab(cut_off) == "{}"
