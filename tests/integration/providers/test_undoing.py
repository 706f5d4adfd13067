"""A mistaken change of the register is undone by a new one, unless something stands on it."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.forms.models import model_to_dict
from django.test import Client
from django.urls import reverse

from providers import actions
from providers.actions import CannotUndo
from providers.diary import changing_register
from providers.models import (
    CareUnit,
    CareUnitAddress,
    Price,
    RegisterChange,
    RegisterEdition,
)
from providers.queries import current_number
from providers.queries.diary.undoing import Why
from spink.accounts.domain.roles import Role
from spink.accounts.models import User
from spink.foundation.actor import Actor
from spink.foundation.models import AuditEntry
from tests.factories import providers as made
from tests.factories.accounts import holding
from tests.support.register_edits import next_transaction

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]

KARIN = Actor.system("Karin Kvist")


@pytest.fixture
def keeper() -> User:
    return holding(Role.QUALITY_CONTROLLER)


@pytest.fixture
def client(keeper: User) -> Client:
    client = Client()
    client.force_login(keeper, backend="django.contrib.auth.backends.ModelBackend")
    return client


def change(part: str, row: Any, **values: Any) -> int:
    next_transaction()
    actions.change_part(part=part, row_id=row.pk, values=values, by=KARIN)
    return current_number()


def undone(number: int) -> RegisterEdition:
    next_transaction()
    return actions.undo_edition(number=number, note="Fel verksamhet", by=KARIN)


def refusal(number: int) -> list[Why]:
    next_transaction()
    before = current_number()
    with pytest.raises(CannotUndo) as refused:
        actions.undo_edition(number=number, note="x", by=KARIN)
    assert current_number() == before
    return [one.why for one in refused.value.obstacles]


def url(number: int) -> str:
    return reverse("providers:diary-undo", args=[number])


def test_what_was_changed_is_written_back_and_what_others_changed_stays() -> None:
    unit = made.CareUnitFactory(age_from=18, needs_met=["mobility"], open_to=None)
    number = change("unit", unit, age_from=21, needs_met=[], open_to=date(2027, 1, 31))
    change("unit", unit, phone="031-1")
    edition = undone(number)
    unit.refresh_from_db()
    assert (unit.age_from, unit.needs_met, unit.open_to, unit.phone) == (
        18,
        ["mobility"],
        None,
        "031-1",
    )
    assert (edition.undoes_id, edition.note, edition.actor) == (
        number,
        "Fel verksamhet",
        KARIN.as_dict(),
    )
    entry = AuditEntry.objects.get(action="register_change_undone")
    assert (entry.subject_id, entry.details) == (str(number), {"rows": 1, "number": edition.number})


def test_what_was_removed_comes_back_as_it_was_and_what_was_added_goes() -> None:
    price = made.PriceFactory(valid_from=date(2027, 1, 1))
    was = model_to_dict(price)
    next_transaction()
    actions.remove_part(part="price", row_id=price.pk, by=KARIN)
    removed = current_number()
    undone(removed)
    assert model_to_dict(Price.objects.get(pk=price.pk)) == was
    next_transaction()
    other = made.AgreementUnitFactory()
    actions.agree(
        unit_id=made.CareUnitFactory().pk,
        agreed={"lot_id": other.lot_id, "rank": 2},
        price={"rate": 100},
        by=KARIN,
    )
    next_transaction()
    unit = made.CareUnitFactory()
    next_transaction()
    place = actions.agree(
        unit_id=unit.pk, agreed={"lot_id": other.lot_id, "rank": 3}, price={"rate": 200}, by=KARIN
    )
    undone(current_number())
    assert (unit.agreements.count(), Price.objects.filter(agreement_unit=place.pk).count()) == (
        0,
        0,
    )


def test_an_undoing_is_undone_like_any_change() -> None:
    unit = made.CareUnitFactory(age_from=18)
    number = change("unit", unit, age_from=21)
    again = undone(undone(number).number)
    unit.refresh_from_db()
    assert (unit.age_from, again.undoes_id) == (21, again.number - 1)


def test_what_has_been_changed_since_stands_in_the_way() -> None:
    unit = made.CareUnitFactory(age_from=18)
    number = change("unit", unit, age_from=21)
    change("unit", unit, age_from=25)
    assert refusal(number) == [Why.CHANGED_LATER]
    unit.refresh_from_db()
    assert unit.age_from == 25


def test_what_hangs_on_an_added_row_stands_in_the_way() -> None:
    next_transaction()
    lot = made.AgreementLotFactory()
    number = current_number()
    next_transaction()
    made.AgreementUnitFactory(lot=lot)
    assert refusal(number) == [Why.REFERRED_TO]


def test_a_number_that_somebody_else_has_by_now_stands_in_the_way() -> None:
    provider = made.ProviderFactory(organisation_number="5560360793")
    number = change("provider", provider, organisation_number="")
    next_transaction()
    made.ProviderFactory(organisation_number="5560360793")
    assert refusal(number) == [Why.TAKEN]


def test_stops_added_units_and_rungs_are_not_undone() -> None:
    next_transaction()
    made.StopFactory(unit=CareUnit.objects.first() or made.CareUnitFactory())
    next_transaction()
    stop = current_number()
    made.StopFactory(unit=CareUnit.objects.get())
    assert refusal(current_number()) == [Why.STOP]
    next_transaction()
    made.CareUnitFactory(provider=made.ProviderFactory())
    assert refusal(current_number()) == [Why.ADDED_FOR_EVER, Why.ADDED_FOR_EVER]
    first = RegisterChange.objects.filter(table_name="catalogue_servicerung")[0].edition_id
    assert set(refusal(first)) == {Why.RUNG}
    assert stop > first


def test_address_that_the_diary_has_forgotten_is_not_made_up() -> None:
    unit = made.CareUnitFactory()
    made.CareUnitServiceFactory(unit=unit)
    with changing_register(by=KARIN):
        CareUnitAddress.objects.create(unit=unit, street="Storgatan 1", city="Lerum")
    next_transaction()
    services = [{"service_type": "protected_housing", "subtypes": []}]
    actions.change_part(part="services", row_id=unit.pk, values={"services": services}, by=KARIN)
    assert refusal(current_number()) == [Why.PLACE_FORGOTTEN]


def test_sole_traders_number_is_written_back_unread() -> None:
    provider = made.ProviderFactory(legal_form="sole_trader", personal_number="9000609991")
    number = change("provider", provider, personal_number="")
    undone(number)
    provider.refresh_from_db()
    assert provider.personal_number == "9000609991"


def test_page_shows_what_is_written_back_before_it_is_saved(client: Client, keeper: User) -> None:
    unit = made.CareUnitFactory(name="Björkhaga", age_from=18)
    number = change("unit", unit, age_from=21)
    next_transaction()
    opened = client.get(url(number))
    typed = {"note": "Fel verksamhet", "seen": opened.context["form"]["seen"].value()}
    review = client.post(url(number), typed | {"step": "review"})
    assert review.context["kept"].touches == ["Björkhaga, Verksamhet: Från ålder 21 → 18"]
    assert (review.context["effects"] is not None, current_number()) == (True, number)
    saved = client.post(url(number), typed | {"step": "save"})
    unit.refresh_from_db()
    assert (unit.age_from, saved.url) == (18, f"/register/diary/{number + 1}/")
    made_edition = RegisterEdition.objects.get(number=number + 1)
    assert (made_edition.note, made_edition.actor) == ("Fel verksamhet", keeper.actor.as_dict())
    assert client.get(f"/register/diary/{number}/").context["undone_by"] == [number + 1]


def test_page_says_why_something_cannot_be_undone(client: Client) -> None:
    unit = made.CareUnitFactory(name="Björkhaga", age_from=18)
    number = change("unit", unit, age_from=21)
    later = change("unit", unit, age_from=25)
    refused = client.get(url(number))
    assert refused.status_code == 409
    text, by, who = refused.context["reasons"][0]
    assert (text, by) == ("Björkhaga (verksamhet) har ändrats senare: från ålder.", later)
    assert who.endswith("Karin Kvist")


def test_page_that_is_out_of_date_tells_what_happened_and_keeps_the_note(client: Client) -> None:
    unit = made.CareUnitFactory(age_from=18)
    number = change("unit", unit, age_from=21)
    typed = {
        "note": "Fel verksamhet",
        "seen": client.get(url(number)).context["form"]["seen"].value(),
        "step": "save",
    }
    change("unit", unit, phone="031-1")
    next_transaction()
    late = client.post(url(number), typed)
    assert (late.status_code, late.context["form"]["note"].value()) == (409, "Fel verksamhet")
    assert [row.who for row in late.context["happened"]] == ["Karin Kvist"]
    again = client.post(url(number), typed | {"seen": late.context["form"]["seen"].value()})
    assert again.status_code == 302


def test_note_is_asked_for_and_references_are_checked_at_once(client: Client) -> None:
    unit = made.CareUnitFactory(age_from=18)
    number = change("unit", unit, age_from=21)
    assert client.post(url(number), {"step": "save"}).status_code == 422
    assert client.get(url(999999)).status_code == 404
    undone(number)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM providers_registeredition WHERE undoes IS NOT NULL")
        assert cursor.fetchone() == (1,)
