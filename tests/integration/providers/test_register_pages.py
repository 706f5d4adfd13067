"""Finding and reading the register: filters in the address, Swedish order, what is not shown."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from providers.actions import plan_change, set_stop
from providers.diary import changing_register
from providers.models import CareUnitAddress, StopKind
from providers.queries.history import last_change_of
from spink.accounts.domain.roles import SCOPE_OF_ROLE, Role, Scope
from spink.accounts.models import User
from spink.foundation import clock
from spink.foundation.actor import Actor
from tests.factories import providers as made
from tests.factories.accounts import (
    DepartmentFactory,
    MunicipalityFactory,
    PlacementTeamFactory,
    UnitFactory,
    UserFactory,
    holding,
)
from tests.support.register_edits import next_transaction

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]

KEEPER = Actor.system("keeper")
UNITS = "/register/units/"
PLACES = {
    Scope.UNIT: lambda: {"unit": UnitFactory()},
    Scope.DEPARTMENT: lambda: {"department": DepartmentFactory()},
    Scope.TEAM: lambda: {"team": PlacementTeamFactory()},
    Scope.WHOLE: dict,
}


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def reader(role: Role = Role.CONTROLLER) -> Client:
    return client_of(holding(role, **PLACES[SCOPE_OF_ROLE[role]]()))


def names(client: Client, **filters: str) -> list[str]:
    return [row.name for row in client.get(UNITS, filters).context["rows"]]


def shown(client: Client, unit: object) -> str:
    response = client.get(reverse("providers:unit", args=[unit.code]))  # type: ignore[attr-defined]
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("name", ["units", "providers", "unit", "provider"])
def test_every_role_reads_the_register(role: Role, name: str) -> None:
    unit = made.CareUnitFactory()
    arguments = {"unit": [unit.code], "provider": [unit.provider_id]}.get(name, [])
    response = reader(role).get(reverse(f"providers:{name}", args=arguments))
    assert response.status_code == 200


@pytest.mark.parametrize("path", [UNITS, "/register/providers/", "/register/units/U1/"])
def test_somebody_without_a_role_is_refused_and_a_visitor_logs_in(path: str) -> None:
    made.CareUnitFactory(code="U1")
    assert client_of(UserFactory()).get(path).status_code == 403
    assert Client().get(path).status_code == 302


@pytest.mark.parametrize(
    "path", ["/register/units/nothing/", "/register/units/%00/", "/register/providers/0/"]
)
def test_what_the_register_does_not_have_is_not_found(path: str) -> None:
    assert reader().get(path).status_code == 404


def test_the_register_begins_with_its_units() -> None:
    assert reader().get("/register/").url == UNITS


def test_units_stand_in_swedish_order() -> None:
    for name in ("Ödegård", "Zinken", "Ängen", "åkern", "Ek", "Édens"):
        made.CareUnitFactory(name=name)
    assert names(reader()) == ["Édens", "Ek", "Zinken", "åkern", "Ängen", "Ödegård"]


@pytest.mark.parametrize("text", ["sjovik", "SJÖVIK", "jövi", "gullhed", "hisingen", "u-7"])
def test_a_unit_is_found_by_what_one_remembers_of_it(text: str) -> None:
    provider = made.ProviderFactory(name="Gullhed Vård AB")
    made.CareUnitFactory(code="U-7", name="Sjövik", district="Hisingen", provider=provider)
    made.CareUnitFactory(name="Ekhagen")
    assert names(reader(), q=text) == ["Sjövik"]


def test_signs_of_the_database_are_signs_like_others() -> None:
    made.CareUnitFactory(name="100 % stöd")
    made.CareUnitFactory(name="100 ord")
    assert names(reader(), q="%") == ["100 % stöd"]
    assert names(reader(), q="100:* | ord & !stöd") == []
    assert names(reader(), q="_") == []


def test_units_are_filtered_by_service_place_and_free_places() -> None:
    full = made.CareUnitFactory(name="Full", places_occupied=10, municipality="1481")
    free = made.CareUnitFactory(name="Free")
    made.CareUnitFactory(name="Uncounted", places_total=None, municipality="")
    made.CareUnitServiceFactory(unit=full, service_type_id="foster_home")
    made.CareUnitServiceFactory(unit=free)
    client = reader()
    MunicipalityFactory(code="1481")
    assert names(client, service="foster_home") == ["Full"]
    assert names(client, free="yes") == ["Free"]
    assert names(client, municipality="1481") == ["Full"]


def test_units_are_filtered_by_the_rung_they_are_on_for_a_municipality() -> None:
    MunicipalityFactory(code="1480")
    MunicipalityFactory(code="1482")
    made.CareUnitFactory(name="Own", operated_by="1480")
    framework = made.AgreementUnitFactory(unit__name="Framework", lot__agreement__valid_to=None)
    ended = made.AgreementUnitFactory(unit__name="Ended")
    with changing_register(by=KEEPER):
        ended.lot.agreement.valid_to = date(2025, 3, 1)
        ended.lot.agreement.save()
    made.DirectAwardVettingFactory(unit__name="Vetted")
    assert framework.lot.agreement.parties == ["1480", "1481"]
    client = reader()
    found = {rung: names(client, rung=rung, buyer="1480") for rung in RUNGS}
    assert found == {
        "in_house": ["Own"],
        "iop": [],
        "framework": ["Framework"],
        "direct_award": ["Vetted"],
    }
    assert names(client, rung="in_house", buyer="1482") == []
    assert names(client, rung="framework", buyer="1482") == []
    assert names(client, rung="framework") == ["Framework"]


RUNGS = ("in_house", "iop", "framework", "direct_award")


def test_each_filter_in_force_can_be_taken_away() -> None:
    context = reader().get(UNITS, {"q": "ek", "free": "yes", "page": "2"}).context
    assert [(one.text, one.url) for one in context["chosen"]] == [
        ("Sök: ek", "?free=yes"),
        ("Platser: Lediga platser", "?q=ek"),
    ]


@pytest.mark.parametrize("name", ["units", "providers"])
def test_lists_ask_as_many_queries_for_three_as_for_one(
    name: str, django_assert_num_queries: object
) -> None:
    client = reader()
    path = reverse(f"providers:{name}")

    def one_more() -> None:
        unit = made.AgreementUnitFactory().unit
        made.CareUnitServiceFactory(unit=unit)
        made.StopFactory(unit=unit, kind=StopKind.PAUSED)

    one_more()
    expected = {"units": UNIT_LIST_QUERIES, "providers": PROVIDER_LIST_QUERIES}[name]
    with django_assert_num_queries(expected):  # type: ignore[operator]
        client.get(path)
    one_more()
    one_more()
    with django_assert_num_queries(expected):  # type: ignore[operator]
        client.get(path)


UNIT_LIST_QUERIES = 15
PROVIDER_LIST_QUERIES = 8
UNIT_QUERIES = 17
PROVIDER_QUERIES = 23


def test_a_units_page_asks_as_many_queries_for_many_parts_as_for_one(
    django_assert_num_queries: object,
) -> None:
    client = reader()
    unit = made.CareUnitFactory(needs_met=["mobility"])

    def one_more(service: str) -> None:
        made.CareUnitServiceFactory(unit=unit, service_type_id=service)
        made.PriceFactory(agreement_unit__unit=unit)
        made.StopFactory(unit=unit, kind=StopKind.PAUSED)
        next_transaction()

    made.PermitFactory(unit=unit)
    made.DirectAwardVettingFactory(unit=unit)
    one_more("foster_home")
    with django_assert_num_queries(UNIT_QUERIES):  # type: ignore[operator]
        shown(client, unit)
    one_more("short_term_housing")
    one_more("residential_care_home")
    with django_assert_num_queries(UNIT_QUERIES):  # type: ignore[operator]
        shown(client, unit)


def test_a_providers_page_asks_as_many_queries_for_three_units_as_for_one(
    django_assert_num_queries: object,
) -> None:
    client = reader()
    provider = made.CareUnitFactory(provider__municipality="1480").provider
    path = reverse("providers:provider", args=[provider.pk])
    with django_assert_num_queries(PROVIDER_QUERIES):  # type: ignore[operator]
        client.get(path)
    for _ in range(2):
        made.CareUnitServiceFactory(unit__provider=provider)
    with django_assert_num_queries(PROVIDER_QUERIES):  # type: ignore[operator]
        client.get(path)


def test_a_units_page_tells_agreements_prices_and_permit() -> None:
    unit = made.CareUnitFactory(name="Ekhagen")
    place = made.AgreementUnitFactory(unit=unit, lot__agreement__name="Ramavtal korttid", rank=3)
    made.PriceFactory(agreement_unit=place, rate=2950)
    made.PriceFactory(agreement_unit=place, rate=3050, valid_from=date(2026, 2, 1))
    made.PermitFactory(unit=unit, number="IVO-77")
    page = shown(reader(), unit)
    wanted = ["Ekhagen", "Ramavtal korttid", "2 950 kr", "3 050 kr", "IVO-77"]
    assert [text for text in wanted if text not in page.replace("\u00a0", " ")] == []


@pytest.mark.parametrize("role", Role)
def test_why_a_unit_is_stopped_is_shown_to_the_quality_roles_alone(role: Role) -> None:
    unit = made.CareUnitFactory()
    by = Actor.system("Beslutsfattare Berit")
    set_stop(on=unit, kind=StopKind.PAUSED, by=by, reason_code="canary_reason")
    next_transaction()
    with changing_register(by=KEEPER):
        unit.stops.update(reason_code="second_canary")
    page = shown(reader(role), unit)
    sees = role in (Role.QUALITY_CONTROLLER, Role.LAWYER)
    assert ("second_canary" in page, "canary_reason" in page) == (sees, sees)
    assert "Pausad" in page


def test_the_address_of_a_unit_is_shown_and_that_of_protected_housing_never() -> None:
    unit = made.CareUnitFactory()
    with changing_register(by=KEEPER):
        CareUnitAddress.objects.create(unit=unit, street="Storgatan 1", city="Lerum")
    client = reader(Role.QUALITY_CONTROLLER)
    assert "Storgatan 1" in shown(client, unit)
    next_transaction()
    made.CareUnitServiceFactory(unit=unit, service_type_id="protected_housing")
    page = shown(client, unit)
    assert [text for text in ("Storgatan", "Lerum", "57.7", "57,7") if text in page] == []


def test_the_history_tells_what_was_changed_when_and_by_whom() -> None:
    unit = made.CareUnitFactory()
    next_transaction()
    with changing_register(by=Actor.system("Karin Keeper"), note="a note"):
        unit.places_occupied = 9
        unit.drug_free = True
        unit.save()
    entry = reader().get(reverse("providers:unit", args=[unit.code])).context["history"][0]
    assert (entry.who, entry.note) == ("Karin Keeper", "a note")
    assert entry.text == "Verksamhet: drogfri – → ja, belagda 7 → 9"


def test_a_sole_traders_number_is_not_shown() -> None:
    provider = made.ProviderFactory(
        legal_form="sole_trader", personal_number="9000609991", name="Enskild"
    )
    page = reader(Role.QUALITY_CONTROLLER).get(reverse("providers:provider", args=[provider.pk]))
    assert "900060" not in page.content.decode()


def test_a_provider_is_found_by_its_number() -> None:
    made.ProviderFactory(name="Hundred AB", organisation_number="5560360793")
    made.ProviderFactory(name="Other AB")
    client = reader()
    for text in ("556036-0793", "165560360793", "hundred"):
        page = client.get("/register/providers/", {"q": text})
        assert [one.name for one in page.context["page_of"]] == ["Hundred AB"]


def test_what_somebody_typed_is_shown_and_not_run() -> None:
    nasty = "<script>alert(1)</script>"
    unit = made.CareUnitFactory(name=nasty, staffing=nasty, provider__name=nasty, methods=[nasty])
    client = reader()
    for path in (UNITS, f"/register/units/{unit.code}/", f"{UNITS}?q={nasty}"):
        assert nasty not in client.get(path).content.decode()


SEES_PROTECTED = {Role.PLACEMENT_OFFICER, Role.QUALITY_CONTROLLER}
HIDDEN = ("Ale", "Nödinge", "Sara Skyddling", "Kim Kontakt", "0303-11 22 33", "gomman@example.se")


@pytest.mark.parametrize("role", Role)
def test_where_protected_housing_lies_is_shown_to_those_who_match_and_keep_alone(
    role: Role,
) -> None:
    """A town with one shelter is as good as an address."""
    MunicipalityFactory(code="1440", name="Ale")
    unit = made.CareUnitFactory(
        name="Gömman",
        municipality="1440",
        district="Nödinge",
        unit_director="Sara Skyddling",
        contact_person="Kim Kontakt",
        phone="0303-11 22 33",
        email="gomman@example.se",
        latitude=None,
        longitude=None,
    )
    unit.services.all().delete()
    made.CareUnitServiceFactory(unit=unit, service_type_id="protected_housing")
    client = reader(role)
    page = shown(client, unit)
    listed = client.get(UNITS).context["rows"]
    sees = role in SEES_PROTECTED
    assert [text in page for text in HIDDEN] == [sees] * len(HIDDEN)
    assert [row.municipality for row in listed] == ["Ale" if sees else "Visas inte"]
    assert names(client, municipality="1440") == (["Gömman"] if sees else [])
    assert [names(client, q=text) for text in ("nödinge", "ale", "gömman")] == [[], [], ["Gömman"]]


def test_whose_own_protected_housing_is_is_found_by_those_who_match_and_keep_alone() -> None:
    MunicipalityFactory(code="1480")
    unit = made.CareUnitFactory(name="Lugna vrån", operated_by="1480")
    made.CareUnitServiceFactory(unit=unit, service_type_id="protected_housing")
    found = {
        role: names(reader(role), rung="in_house", buyer="1480")
        for role in (Role.SOCIAL_WORKER, Role.CONTROLLER, Role.QUALITY_CONTROLLER)
    }
    assert found == {
        Role.SOCIAL_WORKER: [],
        Role.CONTROLLER: [],
        Role.QUALITY_CONTROLLER: ["Lugna vrån"],
    }


def test_history_and_plans_of_protected_housing_give_it_away_to_no_other_reader() -> None:
    MunicipalityFactory(code="1440", name="Ale")
    unit = made.CareUnitFactory(latitude=None, longitude=None, municipality="1480")
    unit.services.all().delete()
    made.CareUnitServiceFactory(unit=unit, service_type_id="protected_housing")
    unit.municipality = unit.operated_by = "1440"
    unit.phone, unit.staffing = "0303-11 22 33", "Dygnet runt"
    next_transaction()
    with changing_register(by=KEEPER, note="Flyttat till Ale"):
        unit.save()
    plan_change(
        part="unit",
        row_id=unit.pk,
        values={"phone": "0303-44 55 66"},
        day=clock.today() + timedelta(days=10),
        seen=last_change_of(unit),
        by=KEEPER,
    )
    given_away = ("1440", "Ale", "0303-11 22 33", "0303-44 55 66", "Dygnet runt")
    page = shown(reader(), unit)
    assert [text in page for text in given_away] == [False] * 4 + [True]
    page = shown(reader(Role.PLACEMENT_OFFICER), unit)
    assert [text in page for text in given_away] == [True] * 5
