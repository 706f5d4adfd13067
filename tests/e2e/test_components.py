"""Every component in a real browser: readable by everybody, at every width, under our policy."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.gallery.server import serving
from tests.support.accessibility import remarks_on

pytestmark = pytest.mark.browser

PAGES = ["", "match/", "request/", "queue/", "form/", "sent/"]
WIDTHS = [320, 768, 1000, 1280, 1440]
CHOSEN = "rgb(240, 246, 251)"


@pytest.fixture(scope="module")
def gallery() -> Iterator[str]:
    with serving() as address:
        yield address


@pytest.fixture
def strict_page(page: Page) -> Iterator[Page]:
    """Also what the browser refused because of the content security policy is a failure."""
    refused: list[str] = []
    page.on("console", lambda message: refused.append(message.text))
    yield page
    assert refused == []


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("name", PAGES)
def test_page_is_accessible(strict_page: Page, gallery: str, name: str, width: int) -> None:
    strict_page.set_viewport_size({"width": width, "height": 800})
    strict_page.goto(f"{gallery}/{name}")
    assert remarks_on(strict_page) == []


@pytest.mark.parametrize("name", PAGES)
def test_page_never_scrolls_sideways(strict_page: Page, gallery: str, name: str) -> None:
    strict_page.goto(f"{gallery}/{name}")
    for width in WIDTHS:
        strict_page.set_viewport_size({"width": width, "height": 800})
        assert strict_page.evaluate("document.documentElement.scrollWidth") == width


def test_error_summary_has_focus_and_leads_to_the_field(strict_page: Page, gallery: str) -> None:
    strict_page.goto(f"{gallery}/sent/")
    expect(strict_page.locator(".error-summary")).to_be_focused()
    strict_page.get_by_role("link", name="Önskad start").click()
    expect(strict_page.get_by_label("Önskad start")).to_be_focused()


def test_link_of_a_choice_leads_to_its_first_alternative(strict_page: Page, gallery: str) -> None:
    strict_page.goto(f"{gallery}/sent/")
    strict_page.get_by_role("link", name="Vad ska gälla?").click()
    expect(strict_page.get_by_label("Rekommendationsstopp")).to_be_focused()


def test_first_tab_leads_past_the_menu(strict_page: Page, gallery: str) -> None:
    strict_page.goto(f"{gallery}/match/")
    strict_page.keyboard.press("Tab")
    expect(strict_page.get_by_role("link", name="Till innehållet")).to_be_focused()
    strict_page.keyboard.press("Enter")
    expect(strict_page.locator("main")).to_be_focused()


def test_chosen_row_is_tinted(strict_page: Page, gallery: str) -> None:
    strict_page.goto(f"{gallery}/match/")
    row = strict_page.get_by_role("row").filter(has_text="Klippan")
    expect(row).not_to_have_css("background-color", CHOSEN)
    strict_page.get_by_label("Välj Klippan").check()
    expect(row).to_have_css("background-color", CHOSEN)


@pytest.mark.parametrize("how", [400, 403, 404, 500, 503])
def test_error_page_is_accessible_and_has_a_way_on(page: Page, gallery: str, how: int) -> None:
    page.set_viewport_size({"width": 320, "height": 800})
    response = page.goto(f"{gallery}/fails/{how}/")
    assert response
    assert response.status == how
    assert remarks_on(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    assert page.locator("main p").count() >= 2
