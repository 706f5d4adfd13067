"""Places confirmed in one click, many in a row, and never over somebody else's count."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from providers import actions
from providers.models import CareUnit
from spink.accounts.domain.roles import Role
from spink.accounts.models import User
from spink.foundation import clock
from spink.foundation.actor import Actor
from tests.factories import providers as made
from tests.factories.accounts import holding
from tests.support.register_edits import next_transaction

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]

OTHER = Actor.system("Karin Kvist")
PAGE = "/register/places/"


@pytest.fixture
def keeper() -> User:
    return holding(Role.QUALITY_CONTROLLER)


@pytest.fixture
def client(keeper: User) -> Client:
    client = Client()
    client.force_login(keeper, backend="django.contrib.auth.backends.ModelBackend")
    return client


def counted(name: str, days_ago: int | None, **more: Any) -> CareUnit:
    at = None if days_ago is None else clock.now() - timedelta(days=days_ago)
    unit: CareUnit = made.CareUnitFactory(
        name=name, places_confirmed_at=at, places_confirmed_by="Karin" if at else "", **more
    )
    return unit


def test_the_oldest_counts_stand_first(client: Client) -> None:
    counted("Ny", 1)
    counted("Gammal", 40)
    counted("Aldrig", None)
    counted("Räknas inte", None, places_total=None)
    counted("Stängd", 50, open_to=clock.today() - timedelta(days=1))
    rows = client.get(PAGE).context["rows"]
    assert [(row.name, row.counted.look) for row in rows] == [
        ("Aldrig", "old"),
        ("Gammal", "old"),
        ("Ny", "fresh"),
    ]


def test_one_click_confirms_one_and_a_selection_many(client: Client, keeper: User) -> None:
    units = [counted(name, 40) for name in ("A", "B", "C")]
    seen = client.get(PAGE).context["seen"]
    client.post(PAGE, {"seen": seen, "one": units[0].pk, "unit": [units[1].pk]})
    confirmed = CareUnit.objects.filter(places_confirmed_by=keeper.actor.label)
    assert [unit.name for unit in confirmed] == ["A"]
    seen = client.get(PAGE).context["seen"]
    client.post(PAGE, {"seen": seen, "unit": [units[1].pk, units[2].pk]})
    assert confirmed.all().count() == 3


def test_a_unit_that_somebody_else_has_counted_is_passed_over(client: Client) -> None:
    ours, theirs = counted("A", 40), counted("B", 40)
    seen = client.get(PAGE).context["seen"]
    next_transaction()
    actions.confirm_places(unit_id=theirs.pk, occupied=9, by=OTHER)
    client.post(PAGE, {"seen": seen, "unit": [ours.pk, theirs.pk]})
    theirs.refresh_from_db()
    ours.refresh_from_db()
    assert (theirs.places_occupied, theirs.places_confirmed_by) == (9, "Karin Kvist")
    assert ours.places_confirmed_by not in ("", "Karin")


def test_other_numbers_are_counted_on_the_units_own_page(client: Client, keeper: User) -> None:
    unit = counted("A", 40)
    page = reverse("providers:unit_count", args=[unit.code])
    form = client.get(page).context["form"]
    typed = {
        "seen": form["seen"].value(),
        "places_occupied": 9,
        "places_unavailable": 1,
        "next_free_on": clock.today() + timedelta(days=5),
    }
    assert client.post(page, typed | {"places_occupied": -1}).status_code == 422
    client.post(page, typed)
    unit.refresh_from_db()
    assert (unit.places_occupied, unit.places_unavailable) == (9, 1)
    assert unit.places_confirmed_by == keeper.actor.label
    next_transaction()
    actions.confirm_places(unit_id=unit.pk, occupied=8, by=OTHER)
    assert client.post(page, typed).status_code == 409


def test_the_list_asks_as_many_queries_for_three_as_for_one(
    client: Client, django_assert_num_queries: Any
) -> None:
    counted("A", 1)
    client.get(PAGE)
    with django_assert_num_queries(11):
        client.get(PAGE)
    counted("B", 1)
    counted("C", 1)
    with django_assert_num_queries(11):
        client.get(PAGE)
