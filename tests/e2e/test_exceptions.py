"""A full unit that says it has a place: side by side, by exception, on paper, and put right."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from placements import actions
from placements.domain.sections import Section
from spink.accounts.domain.roles import Role
from spink.accounts.models import User
from spink.catalogue.actions import load_catalogue
from spink.foundation import clock
from tests.e2e.test_main_job import check_is_accessible, press
from tests.factories import accounts as people
from tests.integration.placements.conftest import SECTIONS
from tests.integration.placements.test_exceptions import changed
from tests.support.filing import file_draft
from tests.support.pictures import picture
from tests.support.small_world import FRAMEWORK, OWN, World, open_units, settle_people

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def city(transactional_db: None) -> World:
    load_catalogue()
    world = settle_people()
    open_units()
    changed(
        OWN,
        priority_group="Yngre personer med stora omvårdnadsbehov",
        priority_age_from=18,
        priority_age_to=40,
        in_house_rate=Decimal(2600),
        methods=["Motiverande samtal (MI)"],
        staffing="Personal dygnet runt, vaken natt",
    )
    changed(FRAMEWORK, methods=["Lågaffektivt bemötande"], staffing="Sovande jour")
    return world


@pytest.fixture
def reference(city: World) -> str:
    decision = SECTIONS[Section.DECISION] | {
        "legal_basis": "sol_2025",
        "decision_date": clock.today(),
        "wanted_start": clock.today() + timedelta(days=7),
    }
    request = file_draft(city, city.social_worker, SECTIONS | {Section.DECISION: decision})
    with city.behind_wall_of(city.social_worker):
        actions.submit_request(request_id=request.pk, by=city.social_worker.actor)
    with city.behind_wall_of(city.officer):
        actions.take_request(request_id=request.pk, by=city.officer.actor)
    return request.reference


@contextmanager
def seat(browser: Browser, server: LiveServer, user: User) -> Iterator[Page]:
    """A browser of one's own, logged in by the session's cookie."""
    client = Client()
    client.force_login(user)
    context = browser.new_context(locale="sv-SE", timezone_id="Europe/Stockholm")
    value = client.cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": value, "url": server.url}])
    yield context.new_page()
    context.close()


def fits_narrow(page: Page) -> bool:
    """No sideways scrolling at 320 px."""
    page.set_viewport_size({"width": 320, "height": 800})
    fits: bool = page.evaluate("document.documentElement.scrollWidth <= 320")
    page.set_viewport_size({"width": 1280, "height": 900})
    return fits


def test_full_own_unit_is_recommended_by_exception_and_the_register_corrected(
    browser: Browser, live_server: LiveServer, city: World, reference: str
) -> None:
    at = f"{live_server.url}/requests/{reference}/"
    with seat(browser, live_server, city.officer) as officer:
        officer.goto(f"{at}match/")
        officer.get_by_label("Välj Byalagsgatan").check()
        officer.get_by_label("Välj Ekhagen").check()
        press(officer, "Jämför")
        picture(officer, "compare", whole=True)
        expect(officer.get_by_role("table")).to_contain_text("Passar inte")
        assert fits_narrow(officer)
        officer.get_by_label("Välj Byalagsgatan").check()
        press(officer, "Rekommendera")
        officer.get_by_label("Vad är bekräftat?").fill("En plats blir ledig på fredag.")
        officer.get_by_label("Vem på verksamheten har bekräftat det?").fill("Mona Ek, föreståndare")
        officer.get_by_label("Varför med undantag?").select_option("place_by_start")
        picture(officer, "exception", whole=True)
        assert fits_narrow(officer)
        press(officer, "Skicka rekommendationen")
        expect(officer.locator("main")).to_contain_text("Samma utfall, tecken för tecken")
        check_is_accessible(officer)
    with seat(browser, live_server, city.social_worker) as worker:
        worker.goto(at)
        expect(worker.locator("main")).to_contain_text("Bekräftat av Mona Ek, föreståndare")
        worker.get_by_role("link", name="Skriv ut eller hämta som PDF").click()
        check_is_accessible(worker)
        picture(worker, "print", whole=True)
        assert fits_narrow(worker)
        with worker.expect_download() as fetched:
            worker.get_by_role("link", name="Hämta som PDF").click()
        assert fetched.value.suggested_filename == f"{reference}-1.pdf"
    with seat(browser, live_server, people.holding(Role.QUALITY_CONTROLLER)) as keeper:
        keeper.goto(f"{live_server.url}/register/corrections/")
        picture(keeper, "corrections")
        assert fits_narrow(keeper)
        press(keeper, "Den är rättad Byalagsgatan: Platser")
        expect(keeper.locator("main")).to_contain_text("Inget väntar på att rättas")
        check_is_accessible(keeper)
