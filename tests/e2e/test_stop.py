"""A stop from its preview to the alternative: decided, told, picked, recommended and chosen."""

import pytest
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer

from placements import actions
from placements.models import PlacementRequest
from spink.accounts.domain.roles import Role
from spink.catalogue.actions import load_catalogue
from spink.foundation import clock
from tests.e2e.test_exceptions import fits_narrow, reference, seat
from tests.e2e.test_main_job import check_is_accessible, press
from tests.factories import accounts as people
from tests.integration.placements.test_notifications import deliver
from tests.support.pictures import picture
from tests.support.small_world import FRAMEWORK, World, open_units, settle_people

__all__ = ["reference"]

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def city(transactional_db: None) -> World:
    load_catalogue()
    world = settle_people()
    open_units()
    return world


def test_a_stop_is_previewed_decided_told_and_gone_on_from(
    browser: Browser, live_server: LiveServer, city: World, reference: str
) -> None:
    with city.behind_wall_of(city.officer):
        request = PlacementRequest.objects.get(reference=reference)
        actions.recommend(request_id=request.pk, units=[FRAMEWORK], by=city.officer.actor)
    at = f"{live_server.url}/requests/{reference}/"
    with seat(browser, live_server, people.holding(Role.QUALITY_CONTROLLER)) as keeper:
        keeper.goto(f"{live_server.url}/register/units/{FRAMEWORK}/stop/")
        expect(keeper.locator("main")).to_contain_text("På ramavtal beslutar INK")
        keeper.get_by_label("Tillfälligt beställningsstopp").check()
        press(keeper, "Se vad stoppet berör")
        expect(keeper.get_by_role("alert")).to_contain_text("Ange diarienumret för INK:s beslut")
        keeper.get_by_label("Diarienummer för INK:s beslut").fill("N123-0042/26")
        keeper.get_by_label("INK beslutade den").fill(clock.today().isoformat())
        keeper.get_by_label("Brister enligt IVO").check()
        picture(keeper, "stop", whole=True)
        assert fits_narrow(keeper)
        press(keeper, "Se vad stoppet berör")
        expect(keeper.locator("main")).to_contain_text("färre än 5")
        expect(keeper.locator("main")).not_to_contain_text(reference)
        picture(keeper, "stop-preview", whole=True)
        assert fits_narrow(keeper)
        press(keeper, "Besluta om stopp")
        keeper.goto(f"{live_server.url}/register/stops/")
        expect(keeper.get_by_role("table")).to_contain_text("N123-0042/26")
        check_is_accessible(keeper)
    deliver()
    with seat(browser, live_server, city.social_worker) as worker:
        worker.goto(at)
        told = worker.locator("main")
        expect(told).to_contain_text("Ekhagen är stoppad sedan")
        expect(told).to_contain_text("Nästa bästa är Sävlunda (Ramavtal).")
        picture(worker, "stop-banner", whole=True)
        assert fits_narrow(worker)
        press(worker, "Gå vidare med Sävlunda")
        expect(told).to_contain_text("Handläggaren har fått besked.")
    with seat(browser, live_server, city.officer) as officer:
        officer.goto(at)
        expect(officer.locator("main")).to_contain_text("vill gå vidare med Sävlunda")
        check_is_accessible(officer)
        officer.get_by_role("link", name="Rekommendera Sävlunda").click()
        press(officer, "Skicka rekommendationen")
        expect(officer.get_by_role("status")).to_contain_text("Rekommendationen är skickad")
    with seat(browser, live_server, city.social_worker) as worker:
        worker.goto(at)
        worker.get_by_role("link", name="Vi valde Sävlunda").first.click()
        press(worker, "Skicka återkopplingen")
        expect(worker.get_by_role("status")).to_contain_text("återkoppling")
