"""The register's pages with everything on them, as a browser shows them."""

from datetime import date, timedelta

import pytest
from django.test import Client
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from providers.actions import confirm_places, set_stop
from providers.diary import changing_register
from providers.models import CareUnit, CareUnitAddress, StopKind
from spink.accounts.domain.roles import Role
from spink.catalogue.actions import load_catalogue
from spink.foundation import clock
from spink.foundation.actor import Actor
from tests.factories import providers as made
from tests.factories.accounts import MunicipalityFactory, holding
from tests.support.accessibility import remarks_on
from tests.support.stops import INKS

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

KEEPER = Actor.system("Karin Kvist")


def full_unit() -> CareUnit:
    load_catalogue()
    for code, name in (("1480", "Göteborg"), ("1481", "Mölndal")):
        MunicipalityFactory(code=code, name=name)
    unit = made.CareUnitFactory(
        code="U-7",
        name="Ekhagen",
        operated_by="1480",
        district="Hisingen",
        needs_met=["mobility", "supervision"],
        needs_refused=["active_substance_use"],
        age_from=18,
        age_to=64,
        methods=["MI", "ÅP"],
        staffing="Personal dygnet runt",
        phone="031-00 00 00",
        email="ekhagen@example.se",
        in_house_rate=2600,
        in_house_rate_from=date(2025, 1, 1),
        provider__name="Klövervik Omsorg AB",
    )
    with changing_register(by=KEEPER):
        CareUnitAddress.objects.create(unit=unit, street="Storgatan 1", city="Göteborg")
    made.CareUnitServiceFactory(unit=unit, subtypes=["fysiska funktionsnedsättningar"])
    made.PermitFactory(unit=unit, evidence="Beslut 12", checked_at=clock.now(), checked_by="K")
    made.DirectAwardVettingFactory(unit=unit, vetted_from=date(2025, 1, 1))
    place = made.AgreementUnitFactory(unit=unit, rank=2)
    made.PriceFactory(agreement_unit=place)
    made.PriceFactory(agreement_unit=place, rate=3050, valid_from=clock.today() + timedelta(30))
    confirm_places(unit_id=unit.pk, occupied=8, by=KEEPER)
    set_stop(
        on=unit,
        kind=StopKind.ORDER_STOP,
        decision=INKS,
        by=KEEPER,
        reason_code="permit_revoked",
    )
    made.CareUnitFactory(name="Ängsmaden", provider=unit.provider)
    return unit


def log_in(page: Page, live_server: LiveServer, role: Role) -> None:
    client = Client()
    client.force_login(holding(role), backend="django.contrib.auth.backends.ModelBackend")
    cookie = client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])


def test_a_keeper_finds_a_unit_and_reads_all_of_it(page: Page, live_server: LiveServer) -> None:
    unit = full_unit()
    log_in(page, live_server, Role.QUALITY_CONTROLLER)
    page.goto(f"{live_server.url}/register/")
    expect(page.locator(".unit-name")).to_have_text(["Ekhagen", "Ängsmaden"])
    page.get_by_label("Sök").fill("angsma")
    page.get_by_role("button", name="Filtrera").click()
    expect(page.locator(".unit-name")).to_have_text(["Ängsmaden"])
    faults = []
    for path in (
        "units/?q=ek&free=yes",
        "units/?q=nothing",
        "units/U-7/",
        "providers/",
        f"providers/{unit.provider_id}/",
    ):
        page.goto(f"{live_server.url}/register/{path}")
        faults += remarks_on(page)
    assert faults == []
    page.goto(f"{live_server.url}/register/units/U-7/")
    for text in ("Tillfälligt beställningsstopp", "IVO-", "3 050 kr", "Storgatan 1", "Karin Kvist"):
        expect(page.get_by_text(text).first).to_be_visible()
