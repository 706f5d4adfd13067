"""The two sides talk on a request, one hands in a document, and the other reads and opens it."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.e2e.test_exceptions import city, fits_narrow, reference, seat
from tests.e2e.test_main_job import check_is_accessible
from tests.integration.placements.test_notifications import deliver
from tests.support.documents import pdf
from tests.support.pictures import picture
from tests.support.small_world import World

__all__ = ["city", "reference"]

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_document_and_message_go_from_one_side_to_the_other(
    browser: Browser, live_server: LiveServer, city: World, reference: str, tmp_path: Path
) -> None:
    address = f"{live_server.url}/requests/{reference}/"
    with (
        seat(browser, live_server, city.social_worker) as filer,
        seat(browser, live_server, city.officer) as officer,
    ):
        filer.goto(address)
        hands_in(filer, tmp_path)
        filer.goto(address)
        writes(filer, "Läkarintyget finns bland handlingarna. Hon vill ha med sig sin hund.")
        deliver()

        officer.goto(f"{address}match/")
        expect(officer.get_by_role("link", name="Nytt")).to_contain_text("2")
        officer.get_by_text("Det finns 2 nya meddelanden").locator("..").get_by_role(
            "link", name="Läs"
        ).click()
        writes(officer, "Tack! Jag frågar Ekhagen om hunden.")
        with officer.expect_download() as download:
            officer.get_by_role("link", name="Läkarintyg.pdf").click()
        assert download.value.suggested_filename == "Läkarintyg.pdf"
        check_is_accessible(officer)

        filer.reload()
        expect(filer.get_by_text("Läst av Elin")).to_be_visible()
        filer.locator("#messages").scroll_into_view_if_needed()
        picture(filer, "messages")
        assert fits_narrow(filer)


def hands_in(page: Page, folder: Path) -> None:
    """The list shows by itself that the document was checked, while the page stays."""
    given = folder / "Läkarintyg.pdf"
    given.write_bytes(pdf())
    page.get_by_role("link", name="Lägg till", exact=True).click()
    page.get_by_label("Handling", exact=True).set_input_files(given)
    page.get_by_role("button", name="Lägg till handlingen").click()
    expect(page.get_by_role("cell", name="Kontrolleras")).to_be_visible()
    deliver()
    expect(page.get_by_role("cell", name="Kontrollerad")).to_be_visible(timeout=20_000)
    check_is_accessible(page)
    picture(page, "documents")


def writes(page: Page, text: str) -> None:
    page.get_by_label("Skriv ett meddelande").fill(text)
    page.get_by_role("button", name="Skicka", exact=True).click()
    expect(page.locator("ol.messages").get_by_text(text)).to_be_visible()
