"""The page about the API in a browser: within any window, and under our policy."""

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_calls_are_found_by_the_index_in_a_wide_and_a_narrow_window(
    page: Page, live_server: LiveServer
) -> None:
    refused: list[str] = []
    page.on("console", lambda message: refused.append(message.text))
    for width in (1280, 320):
        page.set_viewport_size({"width": width, "height": 800})
        page.goto(f"{live_server.url}/api/v1/docs")
        assert page.evaluate("document.documentElement.scrollWidth") == width
        page.get_by_role("navigation", name="Innehåll").get_by_text("placement-requests").click()
        group = page.get_by_role("region", name="placement-requests")
        group.get_by_role("link", name="POST /placement-requests", exact=True).click()
        expect(page.get_by_role("heading", name="Skicka in en förfrågan")).to_be_in_viewport()
    assert refused == []
