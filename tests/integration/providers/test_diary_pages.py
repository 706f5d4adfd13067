"""The diary of the whole register: read, narrowed, and compared between two days."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from providers.diary import changing_register
from providers.models import CareUnit, Permit
from providers.queries import current_number
from spink.accounts.domain.roles import Role
from spink.accounts.models import User
from spink.foundation import clock
from spink.foundation.actor import Actor
from tests.factories import providers as made
from tests.factories.accounts import MunicipalityFactory, holding
from tests.support.register_edits import next_transaction

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]

DIARY = "/register/diary/"
COMPARE = "/register/diary/compare/"
KARIN = Actor.system("Karin Kvist")
DIARY_QUERIES = 22
COMPARE_QUERIES = 16


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def client() -> Client:
    return client_of(holding(Role.QUALITY_CONTROLLER))


def changed(row: Any, *, note: str = "", dated: datetime | None = None, **values: Any) -> int:
    """The number of a transaction of its own."""
    next_transaction()
    with changing_register(by=KARIN, note=note, dated=dated):
        for name, value in values.items():
            setattr(row, name, value)
        row.save()
    return current_number()


def listed(client: Client, **filters: str) -> list[int]:
    return [row.number for row in client.get(DIARY, filters).context["rows"]]


def said(client: Client, number: int) -> list[tuple[str, str, list[tuple[str, str, str]]]]:
    rows = client.get(f"{DIARY}{number}/").context["rows"]
    return [
        (row.about, row.operation, [(d.label, d.before, d.after) for d in row.differences])
        for row in rows
    ]


def test_a_change_is_told_with_who_when_and_the_names_of_codes(client: Client) -> None:
    unit = made.CareUnitFactory(name="Åsgården", needs_met=[], open_to=None)
    number = changed(
        unit, note="Efter besök", needs_met=["mobility"], open_to=date(2027, 3, 5), drug_free=True
    )
    row = client.get(DIARY).context["rows"][0]
    assert (row.number, row.who, row.note) == (number, "Karin Kvist", "Efter besök")
    assert [(line.about, line.part, line.operation) for line in row.lines] == [
        ("Åsgården", "Verksamhet", "Ändrat")
    ]
    assert said(client, number) == [
        (
            "Åsgården",
            "Ändrat",
            [
                ("Drogfri", "–", "ja"),
                ("Behov som kan mötas", "–", "Fysiska förflyttningssvårigheter"),
                ("Öppen till", "–", "5 mars 2027"),
            ],
        )
    ]


def test_a_long_edition_is_cut_in_the_list_and_whole_on_its_page(client: Client) -> None:
    next_transaction()
    with changing_register(by=KARIN):
        provider = made.ProviderFactory()
        for _ in range(6):
            made.CareUnitFactory(provider=provider)
    row = client.get(DIARY).context["rows"][0]
    assert (len(row.lines), row.more) == (5, 2)
    assert len(said(client, row.number)) == 7


def test_the_diary_is_narrowed_by_unit_provider_part_person_and_period(client: Client) -> None:
    unit = made.CareUnitFactory(code="U-1", name="Björkhaga", provider__name="Omsorg AB")
    other = made.CareUnitFactory(name="Sjövik")
    target = changed(unit, age_from=21)
    count = changed(unit, places_occupied=9)
    elsewhere = changed(other, age_from=16)
    next_transaction()
    permit = made.PermitFactory(unit=unit)
    added = current_number()
    own = {target, count, added}
    assert {elsewhere, *own} <= set(listed(client))
    for given in ({"unit": "bjorkhaga"}, {"unit": "U-1"}, {"provider": "omsorg"}):
        assert set(listed(client, **given)) & {elsewhere, *own} == own
    assert listed(client, unit="U-1", part="places") == [count]
    assert target in listed(client, unit="U-1", part="providers_careunit")
    assert count not in listed(client, unit="U-1", part="providers_careunit")
    assert listed(client, part="providers_permit") == [added]
    assert set(listed(client, who="karin")) == {target, count, elsewhere}
    tomorrow = (clock.today() + timedelta(days=1)).isoformat()
    assert listed(client, first=tomorrow) == []
    assert added in listed(client, last=clock.today().isoformat())
    assert permit.unit_id == unit.pk


def test_two_days_are_compared_by_what_differs_alone(client: Client) -> None:
    first = datetime(2040, 3, 3, 12, tzinfo=clock.STOCKHOLM)
    unit = made.CareUnitFactory(name="Björkhaga", age_from=18)
    changed(unit, dated=first, staffing="Dygnet runt")
    changed(unit, dated=first + timedelta(days=1), age_from=20)
    changed(unit, dated=first + timedelta(days=2), age_from=21, staffing="Dagtid")
    changed(unit, dated=first + timedelta(days=3), staffing="Dygnet runt")
    made.CareUnitFactory(name="Alviken")
    page = client.get(COMPARE, {"first": "2040-03-03", "last": "2040-03-06", "unit": "björk"})
    rows = [
        (row.about, row.operation, [(d.label, d.before, d.after) for d in row.differences])
        for row in page.context["rows"]
    ]
    assert rows == [("Björkhaga", "Ändrat", [("Från ålder", "18", "21")])]
    assert [
        (one.name, one.added, one.changed, one.taken_away) for one in page.context["counts"]
    ] == [("Verksamhet", 0, 1, 0)]


def test_a_row_that_came_and_went_between_the_days_does_not_differ(client: Client) -> None:
    unit = made.CareUnitFactory(name="Björkhaga")
    day = datetime(2040, 3, 3, 12, tzinfo=clock.STOCKHOLM)
    changed(unit, dated=day, phone="031-1")
    next_transaction()
    with changing_register(by=KARIN, dated=day + timedelta(days=1)):
        permit = Permit.objects.create(unit=unit)
    next_transaction()
    with changing_register(by=KARIN, dated=day + timedelta(days=2)):
        permit.delete()
    changed(unit, dated=day + timedelta(days=3), places_occupied=9)
    page = client.get(COMPARE, {"first": "2040-03-03", "last": "2040-03-06"})
    assert [(one.name, one.changed) for one in page.context["counts"]] == [("Platsräkningar", 1)]
    assert [row.part for row in page.context["rows"]] == ["Verksamhet"]


def shelter() -> CareUnit:
    MunicipalityFactory(code="1440", name="Ale")
    unit: CareUnit = made.CareUnitFactory(latitude=None, longitude=None, municipality="1480")
    made.CareUnitServiceFactory(unit=unit, service_type_id="protected_housing")
    return unit


@pytest.mark.parametrize("left", [False, True])
def test_where_protected_housing_lies_is_hidden_in_the_diary_too(
    client: Client, left: bool
) -> None:
    """Also of a unit that gives no protected housing any more."""
    unit = shelter()
    moved = changed(unit, note="Flyttat till Ale", municipality="1440")
    both = changed(unit, note="Till Nödinge", district="Nödinge", staffing="Dygnet runt")
    if left:
        next_transaction()
        with changing_register(by=KARIN):
            unit.services.all().delete()
    reader = client_of(holding(Role.CONTROLLER))
    days = {"first": "2020-01-01", "last": clock.today().isoformat()}
    for path, given in ((DIARY, {}), (f"{DIARY}{both}/", {}), (COMPARE, days)):
        page = reader.get(path, given).content.decode()
        assert [text for text in ("1440", "Ale<", "till Ale", "Nödinge") if text in page] == []
    assert moved not in listed(reader)
    assert listed(reader, unit=unit.code)[-1 if left else 0] == both or both in listed(reader)
    assert reader.get(f"{DIARY}{moved}/").status_code == 404
    seen = client.get(f"{DIARY}{moved}/").content.decode()
    assert ("Ale" in seen, "Flyttat till Ale" in seen) == (True, True)


def test_why_a_unit_is_stopped_and_whose_number_it_is_stay_hidden(client: Client) -> None:
    next_transaction()
    made.ProviderFactory(legal_form="sole_trader", personal_number="9000609991", name="Enskild")
    number = current_number()
    next_transaction()
    made.StopFactory(reason_code="finances", decided_by="Siv Stopp", decided_at=clock.now())
    stopped = current_number()
    reader = client_of(holding(Role.CONTROLLER))
    for one in (client, reader):
        page = one.get(f"{DIARY}{number}/").content.decode()
        assert [text for text in ("900060", "gAAAA", "personnummer") if text in page] == []
    for path in (f"{DIARY}{stopped}/", DIARY):
        assert "Siv Stopp" not in reader.get(path).content.decode()
    assert "Siv Stopp" in client.get(f"{DIARY}{stopped}/").content.decode()


@pytest.mark.parametrize("size", [1, 4])
def test_pages_ask_as_many_queries_whatever_the_size(
    size: int, django_assert_num_queries: Any
) -> None:
    reader = client_of(holding(Role.CONTROLLER))
    for _ in range(size):
        next_transaction()
        made.PriceFactory(agreement_unit__unit__needs_met=["mobility"])
        next_transaction()
        made.StopFactory(unit=None, provider=made.ProviderFactory(municipality="1480"))
        changed(made.CareUnitFactory(), note="x", staffing="Dagtid")
    with django_assert_num_queries(DIARY_QUERIES):
        reader.get(DIARY)
    with django_assert_num_queries(COMPARE_QUERIES):
        reader.get(COMPARE, {"part": "providers_price"})


def test_bad_addresses_are_answered(client: Client) -> None:
    made.CareUnitFactory()
    for given in ({"first": "x"}, {"part": "x"}, {"page": "x"}, {"unit": "%\x00"}):
        assert client.get(DIARY, given).status_code == 200
        assert client.get(COMPARE, given).status_code == 200
    assert client.get(reverse("providers:diary-edition", args=[999999])).status_code == 404
