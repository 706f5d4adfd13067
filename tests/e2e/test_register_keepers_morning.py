"""A register keeper's morning in a browser: a file with two faults, its correction, the import,
an agreement that ends ahead of time, and places that still hold."""

from datetime import timedelta

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from providers.models import Agreement, CareUnit
from spink.accounts.domain.roles import Role
from spink.accounts.models import User
from spink.catalogue.actions import load_catalogue
from spink.foundation import clock, outbox
from spink.foundation.models import OutboxEvent
from tests.e2e.test_main_job import PASSWORD, check_is_accessible, desk, press
from tests.factories import accounts as people
from tests.support.pictures import picture
from tests.support.small_world import DIRECT, FRAMEWORK, open_units, settle_people

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

HEADINGS = "Verksamhet-id;Namn;Utförare-id;Platser;Belagda;Kommun;Metoder;Telefon;Latitud;Longitud"
SPOILT = f"""{HEADINGS}
{FRAMEWORK};Ekhagen;{{provider}};12;tio;Göteborg;MI;031-390 06 11;57,72;11,94
{DIRECT};Sjövik;P-fel;8;5;Mölndal;KBT;;57,65;12,01
U-ny;Björkliden;{{provider}};6;2;Mölndal;MI;031-390 06 12;57,63;12,05
"""
CORRECTED = f"""{HEADINGS}
{FRAMEWORK};Ekhagen;{{provider}};12;10;Göteborg;MI;031-390 06 11;57,72;11,94
{DIRECT};Sjövik;{{other}};8;5;Mölndal;KBT;;57,65;12,01
U-ny;Björkliden;{{provider}};6;2;Mölndal;"MI; ÅP";031-390 06 12;57,63;12,05
"""


@pytest.fixture
def keeper(transactional_db: None) -> User:
    load_catalogue()
    settle_people()
    open_units()
    user = people.holding(Role.QUALITY_CONTROLLER, first_name="Karin")
    user.set_password(PASSWORD)
    user.save()
    return user


def filled(text: str) -> str:
    providers = dict(CareUnit.objects.values_list("code", "provider__code"))
    return text.format(provider=providers[FRAMEWORK], other=providers[DIRECT])


def upload(page: Page, name: str, text: str) -> None:
    page.get_by_label("Fil", exact=True).set_input_files(
        {"name": name, "mimeType": "text/csv", "buffer": filled(text).encode("cp1252")}
    )
    press(page, "Ladda upp och granska")


def work_off() -> None:
    for event in OutboxEvent.objects.filter(handled_at=None, name="register_import_confirmed"):
        assert outbox.handle(event.pk)


def import_a_file(page: Page) -> None:
    page.get_by_role("link", name="Register", exact=True).first.click()
    page.get_by_role("link", name="Import och export").click()
    picture(page, "register-files")
    upload(page, "platser-mars.csv", SPOILT)
    main = page.locator("main")
    expect(main).to_contain_text("Ingenting är importerat")
    expect(main).to_contain_text("Skriv ett heltal, 0 eller mer.")
    expect(main).to_contain_text("P-fel finns varken i registret eller i filen.")
    picture(page, "register-faults")
    check_is_accessible(page)
    page.get_by_role("link", name="Ladda upp den rättade filen").click()
    upload(page, "platser-mars-2.csv", CORRECTED)
    expect(main).to_contain_text("Vad filen ändrar")
    expect(main).to_contain_text("Björkliden")
    assert not CareUnit.objects.filter(code="U-ny").exists()
    picture(page, "register-import-review", whole=True)
    press(page, "Importera filen")
    expect(main).to_contain_text("Filen importeras")
    check_is_accessible(page)
    work_off()
    page.reload()
    expect(main).to_contain_text("Filen är importerad")


def find_what_was_imported(page: Page) -> None:
    page.get_by_role("link", name="Register", exact=True).first.click()
    page.get_by_label("Sök").fill("bjork")
    press(page, "Filtrera")
    expect(page.get_by_role("link", name="Björkliden")).to_be_visible()
    page.goto(page.url.split("?")[0].replace("/units/", "/map/"))
    check_is_accessible(page)
    mark = page.locator("svg a").first
    mark.focus()
    expect(mark).to_be_focused()
    picture(page, "register-map", whole=True)


def end_the_agreement(page: Page) -> None:
    agreement = Agreement.objects.get()
    last = clock.today() + timedelta(days=30)
    page.get_by_role("link", name="Avtal", exact=True).click()
    page.get_by_role("link", name=agreement.name).click()
    page.get_by_role("link", name="Avsluta avtalet").click()
    page.get_by_label("Sista dag").fill(last.isoformat())
    press(page, "Granska innan du sparar")
    picture(page, "register-end-agreement")
    press(page, "Spara ändringen")
    agreement.refresh_from_db()
    assert agreement.valid_to == last


def confirm_places(page: Page) -> None:
    page.get_by_role("link", name="Register", exact=True).first.click()
    page.get_by_role("link", name="Platser att bekräfta").click()
    check_is_accessible(page)
    page.get_by_role("button", name="Ekhagen").click()
    expect(page.get_by_role("status")).to_be_visible()
    unit = CareUnit.objects.get(code=FRAMEWORK)
    assert (unit.places_occupied, unit.places_confirmed_by != "") == (10, True)


def test_register_keepers_morning(browser: Browser, live_server: LiveServer, keeper: User) -> None:
    with desk(browser, live_server, keeper) as page:
        import_a_file(page)
        find_what_was_imported(page)
        end_the_agreement(page)
        confirm_places(page)
