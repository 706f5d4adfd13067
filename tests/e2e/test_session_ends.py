"""An open page says in good time that its session ends, and keeps what was typed."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

from tests.gallery.server import serving

pytestmark = pytest.mark.browser


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
    typing.clock.fast_forward("26:00")
    expect(bar(typing)).to_be_hidden()


def test_warning_comes_before_the_end_and_goes_when_one_goes_on(typing: Page) -> None:
    typing.clock.fast_forward("27:30")
    expect(bar(typing)).to_contain_text("Du loggas snart ut")
    assert Axe().run(typing).response["violations"] == []
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
    other.evaluate("document.dispatchEvent(new Event('htmx:afterRequest'))")
    expect(bar(typing)).to_be_hidden()
