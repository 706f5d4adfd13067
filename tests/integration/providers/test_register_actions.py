from datetime import date

import pytest

from providers.actions import confirm_places, end_stop, set_stop
from providers.models import RegisterEdition, StopKind
from providers.queries import current_number, loading
from spink.foundation.actor import Actor, ActorKind
from spink.foundation.bad_input import BadInput
from spink.foundation.models import AuditEntry
from tests.factories import providers as made
from tests.support.register_edits import DAY, next_transaction

pytestmark = pytest.mark.django_db

KEEPER = Actor(ActorKind.PERSON, "7", "Karin Keeper")


def test_confirmed_places_have_their_time_and_who_counted(frozen_clock: object) -> None:
    unit = made.CareUnitFactory()
    next_transaction()
    before = current_number()
    counted = confirm_places(unit_id=unit.pk, occupied=12, next_free_on=date(2025, 4, 1), by=KEEPER)
    assert (counted.places_occupied, counted.places_confirmed_at, counted.places_confirmed_by) == (
        12,
        frozen_clock,
        "Karin Keeper",
    )
    assert current_number() == before + 1
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.subject_id, entry.details) == (
        "confirm_places",
        unit.code,
        {"occupied": 12, "unavailable": 0},
    )


@pytest.mark.parametrize(
    ("values", "given"),
    [
        ({}, {"occupied": -1}),
        ({}, {"occupied": 1, "unavailable": -1}),
        ({"places_total": None}, {}),
    ],
)
def test_places_that_cannot_be_counted_are_refused(values: dict, given: dict) -> None:
    unit = made.CareUnitFactory(**values)
    number = current_number()
    with pytest.raises(BadInput):
        confirm_places(unit_id=unit.pk, by=KEEPER, **{"occupied": 1, **given})
    assert (current_number(), AuditEntry.objects.count()) == (number, 0)


@pytest.mark.parametrize("on", ["unit", "provider", "group"])
def test_a_stop_reaches_the_unit_through_whatever_it_is_set_on(catalogue: None, on: str) -> None:
    unit = made.CareUnitFactory()
    unit.provider.group = made.CorporateGroupFactory()
    with made.changing_register(by=KEEPER):
        unit.provider.save()
    other = made.CareUnitFactory()
    target = {"unit": unit, "provider": unit.provider, "group": unit.provider.group}[on]
    stop = set_stop(on=target, kind=StopKind.PAUSED, by=KEEPER, reason_code="permit_revoked")
    units = loading.load(DAY).units
    assert [one["kind"] for one in units[unit.code]["stops"]] == ["paused"]
    assert "stops" not in units[other.code]
    end_stop(stop_id=stop.pk, by=KEEPER)
    assert "stops" not in loading.load(DAY).units[unit.code]
    actions = AuditEntry.objects.order_by("id").values_list("action", flat=True)
    assert list(actions) == ["set_stop", "end_stop"]


def test_a_stop_begins_today_and_does_not_end_before(frozen_clock: object) -> None:
    unit = made.CareUnitFactory()
    given = {"on": unit, "kind": StopKind.PAUSED, "by": KEEPER, "reason_code": ""}
    assert set_stop(**given).valid_from == DAY
    with pytest.raises(BadInput):
        set_stop(valid_to=date(2025, 3, 2), **given)


def test_a_stop_is_ended_once() -> None:
    stop = made.StopFactory()
    first = end_stop(stop_id=stop.pk, by=KEEPER)
    next_transaction()
    number = current_number()
    again = end_stop(stop_id=stop.pk, by=Actor.system("another"))
    assert (again.ended_at, again.ended_by) == (first.ended_at, "Karin Keeper")
    assert (current_number(), RegisterEdition.objects.count()) == (number, number)
