"""From a finding to a stop: judged, reviewed, decided, set; told, picked, recommended, chosen."""

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from placements import actions
from placements.models import PlacementRequest
from providers.actions.control import reviews
from providers.actions.control.checking import Answer
from providers.domain.control.checks import Check, CheckResult
from providers.models import CareUnit, Review
from spink.accounts.domain.roles import Role
from spink.accounts.models import User
from spink.catalogue.actions import load_catalogue
from spink.foundation import clock
from tests.e2e.test_exceptions import fits_narrow, reference, seat
from tests.e2e.test_main_job import check_is_accessible
from tests.factories import accounts as people
from tests.factories.control import ComplaintFactory, FindingFactory, visited
from tests.integration.placements.test_notifications import deliver
from tests.support.pictures import picture
from tests.support.small_world import DIRECT, World, open_units, settle_people

__all__ = ["reference"]

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def city(transactional_db: None) -> World:
    load_catalogue()
    world = settle_people()
    open_units()
    unit = CareUnit.objects.get(code=DIRECT)
    FindingFactory(provider=unit.provider)
    ComplaintFactory(provider=unit.provider)
    visited(care_unit=unit, outcome="follow_up")
    return world


def click(page: Page, name: str, *, role: str = "button") -> None:
    page.get_by_role("link" if role == "link" else "button", name=name, exact=True).first.click()


def recommend_sjovik(city: World, reference: str) -> None:
    with city.behind_wall_of(city.officer):
        request = PlacementRequest.objects.get(reference=reference)
        actions.recommend(
            request_id=request.pk,
            units=[DIRECT],
            skipped_rung_reason="safety",
            by=city.officer.actor,
        )


def review_the_finding(siv: Page, url: str) -> str:
    """From the inbox to the review; gives its address."""
    siv.goto(f"{url}/control/")
    click(siv, "Är inte godkänd för F-skatt", role="link")
    siv.get_by_label("Fördjupad kontroll av utföraren").check()
    click(siv, "Spara bedömningen")
    click(siv, "Öppna kontrollen", role="link")
    siv.get_by_label("Varför kontrolleras utföraren?").fill("F-skatten är indragen.")
    for box in siv.get_by_role("checkbox").all():
        box.set_checked(box.get_attribute("value") == "tax_registration")
    click(siv, "Öppna kontrollen")
    expect(siv.locator("main")).to_contain_text("0 av 1 gjorda")
    return siv.url


def check_and_ask(siv: User, lawyer: User) -> None:
    """What the decision rests on: forms that integration tests fill in."""
    review = Review.objects.get()
    today = clock.today()
    failed = Answer(CheckResult.FAILED, "Skatteverket", "Utdrag", today, today)
    reviews.record_review_check(
        review_id=review.pk, check=Check.TAX_REGISTRATION, answer=failed, by=siv.actor
    )
    reviews.ask_lawyer(review_id=review.pk, text="Räcker det för en paus?", by=siv.actor)
    reviews.give_legal_view(review_id=review.pk, text="Det räcker.", by=lawyer.actor)


def decide(siv: Page, review: str) -> None:
    siv.goto(f"{review}steps/decide/")
    siv.get_by_label("Pausad").check()
    siv.get_by_role("checkbox").first.check()
    click(siv, "Besluta")
    expect(siv.locator("main")).to_contain_text("Stoppet är inte satt")
    picture(siv, "review-leads-to-stop", whole=True)
    check_page(siv)


def preview(siv: Page) -> str:
    """Gives the address to send to those who have requests."""
    click(siv, "Se vad stoppet berör", role="link")
    expect(siv.get_by_label("Pausad")).to_be_checked()
    expect(siv.locator("main")).to_contain_text("Är inte godkänd för F-skatt")
    check_page(siv)
    click(siv, "Se vad stoppet berör")
    check_page(siv)
    return siv.get_by_label("Adress att skicka").input_value()


def check_page(page: Page) -> None:
    assert fits_narrow(page)
    check_is_accessible(page)


def test_finding_leads_by_a_review_to_a_stop_and_the_social_worker_to_the_alternative(
    browser: Browser, live_server: LiveServer, city: World, reference: str
) -> None:
    recommend_sjovik(city, reference)
    at = f"{live_server.url}/requests/{reference}/"
    siv = people.holding(Role.QUALITY_CONTROLLER, first_name="Siv", last_name="Ek")
    with (
        seat(browser, live_server, siv) as keeper,
        seat(browser, live_server, city.social_worker) as worker,
    ):
        review = review_the_finding(keeper, live_server.url)
        check_and_ask(siv, people.holding(Role.LAWYER))
        decide(keeper, review)
        expect(keeper.locator("main")).to_contain_text("Det räcker.")
        question = preview(keeper)
        expect(keeper.locator("main")).not_to_contain_text(reference)
        worker.goto(question)
        expect(worker.get_by_role("table")).to_contain_text("Ekhagen")
        picture(worker, "if-stopped", whole=True)
        check_page(worker)
        click(keeper, "Besluta om stopp")
        expect(keeper.locator("main")).to_contain_text("Stopp efter kontrollen")
        check_is_accessible(keeper)
        deliver()
        worker.goto(at)
        told = worker.locator("main")
        expect(told).to_contain_text("Sjövik är stoppad sedan")
        expect(told).to_contain_text("Drog tillbaka rekommendationen av Sjövik")
        click(worker, "Gå vidare med Ekhagen")
        expect(told).to_contain_text("Handläggaren har fått besked.")
        with seat(browser, live_server, city.officer) as officer:
            officer.goto(at)
            click(officer, "Rekommendera Ekhagen", role="link")
            click(officer, "Skicka rekommendationen")
            expect(officer.get_by_role("status")).to_contain_text("Rekommendationen är skickad")
        worker.goto(at)
        click(worker, "Vi valde Ekhagen", role="link")
        click(worker, "Skicka återkopplingen")
        expect(worker.locator("main")).to_contain_text("Valde Ekhagen")
