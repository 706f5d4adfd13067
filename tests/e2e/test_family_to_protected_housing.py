"""A mother with two children to protected housing in a browser: filed as a household, matched as
one, chosen together; and nobody reads who they are or where the house lies but those who must."""

from datetime import date, datetime

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from providers.models import AgreementForm
from spink.catalogue.actions import load_catalogue
from spink.foundation.clock import STOCKHOLM
from tests.e2e.test_main_job import check_is_accessible, desk, may_log_in, press
from tests.factories import accounts as people
from tests.factories import providers as register
from tests.support import filing_by_hand as filing
from tests.support.clocks import ClockOnTheWall
from tests.support.pictures import picture
from tests.support.small_world import World, settle_people

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

MONDAY = datetime(2026, 3, 9, 9, 10, tzinfo=STOCKHOLM)
SERVICE, SUBTYPE = "protected_housing", "våld i nära relation eller hedersrelaterat våld"
TOWN = "Partille"
MOTHER = filing.Who("Amina", "Lund", 36, "Kvinna", mark="Sekretessmarkering")
CHILDREN = (
    (
        filing.Who("Omar", "Lund", 9, "Man", has_number=False),
        "Behöver skydd tillsammans med mamma, och kunna fortsätta skolan på distans.",
        "Vill vara med mamma och spela fotboll.",
    ),
    (
        filing.Who("Sara", "Lund", 4, "Kvinna", has_number=False),
        "Behöver trygghet hos mamma och en förskola nära.",
        "Har träffats i lek. Vill ha sin nalle med sig.",
    ),
)


@pytest.fixture
def city(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> World:
    ClockOnTheWall(MONDAY).hung_up(monkeypatch)
    load_catalogue()
    world = settle_people()
    team = world.officer.role_assignments.get().team
    people.TeamServiceFactory(team=team, service_type="protected_housing")
    people.MunicipalityFactory(code="1402", name=TOWN)
    _open_shelters()
    for user, name in ((world.social_worker, "Berg"), (world.officer, "Strand")):
        may_log_in(user, name)
    return world


def _open_shelters() -> None:
    """One of the city's own that is full, one in partnership with room for three, a small one."""
    own = register.CareUnitFactory(
        code="U-own", name="Hamnen", operated_by="1480", places_total=8, places_occupied=8
    )
    shelter = register.CareUnitFactory(
        code="U-shelter",
        name="Kvinnojouren Ängen",
        provider__name="Kvinnojouren Ängen ideell förening",
        municipality="1402",
        contact_person="Mona Ek",
        phone="031-390 06 21",
        companion_age_from=0,
        companion_age_to=17,
        places_total=9,
        places_occupied=5,
        places_confirmed_at=MONDAY,
        places_confirmed_by="Mona Ek",
    )
    small = register.CareUnitFactory(
        code="U-small", name="Lilla huset", places_total=2, places_occupied=0
    )
    lot = register.AgreementLotFactory(
        agreement__provision_form=AgreementForm.IOP, service_type_id="protected_housing"
    )
    for unit in (own, shelter, small):
        register.CareUnitServiceFactory(unit=unit, service_type_id="protected_housing")
        register.PermitFactory(unit=unit)
    for unit in (shelter, small):
        agreed = register.AgreementUnitFactory(lot=lot, unit=unit)
        register.PriceFactory(agreement_unit=agreed, rate=1900, valid_from=date(2025, 3, 1))


def file_household(page: Page) -> str:
    """The mother's request, then each child with what is its own; sent together."""
    filing.click(page, "Ny förfrågan")
    filing.say_who(page, MOTHER)
    filing.say_what(page, SERVICE, SUBTYPE)
    filing.say_when(page, urgency="Akut")
    filing.say_the_rest(page)
    adult = filing.reference_of(page)
    for child, interests, view in CHILDREN:
        add_child(page, child, interests, view)
        assert filing.reference_of(page) == adult
    expect(page.locator("main")).to_contain_text("Barn, 9 år")
    picture(page, "household-draft")
    page.get_by_role("link", name="Kontrollera dina svar").click()
    press(page, "Skicka hushållets 3 förfrågningar")
    expect(page.get_by_role("status")).to_contain_text("3 förfrågningar är skickade")
    return adult


def add_child(page: Page, child: filing.Who, interests: str, view: str) -> None:
    filing.click(page, "Lägg till ett barn")
    filing.say_who(page, child)
    page.get_by_label("Barnets bästa").fill(interests)
    page.get_by_label("Barnets åsikt").fill(view)
    picture(page, "household-child")
    filing.save(page)


def recommend(page: Page, server: LiveServer, reference: str) -> None:
    """One match for the three of them, by one who reads the need and not whose it is."""
    page.goto(f"{server.url}/requests/{reference}/")
    main = page.locator("main")
    expect(main).to_contain_text("Skyddade uppgifter")
    filing.click(page, "Ta förfrågan")
    page.get_by_role("link", name="Matchning").first.click()
    expect(main).to_contain_text("plats för tre")
    expect(main).to_contain_text("Lilla huset")
    for name in ("Amina", "Omar", "Sara", "Lund", "Utredning 3"):
        expect(main).not_to_contain_text(name)
    page.get_by_label("Välj Kvinnojouren Ängen").check()
    picture(page, "household-match", whole=True)
    filing.click(page, "Rekommendera")
    message = "Kvinnojouren Ängen har plats för er alla tre från i kväll."
    page.get_by_label("Meddelande till socialsekreteraren").fill(message)
    filing.click(page, "Skicka rekommendationen")
    expect(main).to_contain_text("Rekommenderad")
    page.goto(f"{server.url}/register/units/U-shelter/")
    expect(main).to_contain_text(TOWN)


def choose(page: Page, server: LiveServer, reference: str) -> None:
    """The register tells a social worker no town; the recommendation tells whom to call."""
    main = page.locator("main")
    page.goto(f"{server.url}/register/units/U-shelter/")
    expect(main).to_contain_text("Kvinnojouren Ängen")
    expect(main).not_to_contain_text(TOWN)
    picture(page, "household-register")
    page.get_by_role("link", name="Mina förfrågningar").first.click()
    expect(main).to_contain_text("Hushåll med tre")
    expect(main).not_to_contain_text("Amina")
    page.get_by_role("row", name=reference).get_by_role("link").click()
    expect(main).to_contain_text("Amina Lund")
    expect(main).to_contain_text("031-390 06 21")
    expect(main).not_to_contain_text(TOWN)
    page.get_by_role("link", name="Vi valde Kvinnojouren Ängen").click()
    expect(page.get_by_label("Samma för hela hushållet")).to_be_checked()
    filing.click(page, "Skicka återkopplingen")
    page.get_by_role("link", name="Barn, 9 år").click()
    expect(main).to_contain_text("Avslutad")
    expect(main).to_contain_text("Vill vara med mamma och spela fotboll.")
    check_is_accessible(page)
    picture(page, "household-child-placed")


def test_family_of_three_is_placed_in_protected_housing(
    browser: Browser, live_server: LiveServer, city: World
) -> None:
    with desk(browser, live_server, city.social_worker) as worker:
        reference = file_household(worker)
        with desk(browser, live_server, city.officer) as officer:
            recommend(officer, live_server, reference)
        choose(worker, live_server, reference)
