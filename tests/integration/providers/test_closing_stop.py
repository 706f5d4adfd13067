"""What the database says of stops is what the match says of them."""

from datetime import date, timedelta

import pytest

from placements.matching import Need
from placements.matching.asked import ask
from placements.matching.ladder import closed
from providers.diary import changing_register
from providers.domain.register.unit_document import RUNG_BIT
from providers.models import CareUnit, Provider, Stop, StopKind
from providers.queries import closing_stops, current_register
from spink.catalogue.domain.ladder import LADDER
from spink.foundation import clock
from tests.factories import providers as made
from tests.support.register_edits import DAY, next_transaction

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue", "frozen_clock")]

START = DAY + timedelta(days=7)
PERIODS = [
    (None, None),
    (DAY, DAY),
    (START, START),
    (DAY + timedelta(days=1), START - timedelta(days=1)),
    (None, DAY - timedelta(days=1)),
    (START + timedelta(days=1), None),
]


def by_the_database(unit: CareUnit) -> list[str]:
    asked = {
        form.value: closing_stops({unit.code: form}, instant=DAY, start=START) for form in LADDER
    }
    return [form for form, stops in asked.items() if stops]


def by_the_match(unit: CareUnit) -> list[str]:
    register = current_register()
    need = Need.from_document(
        {
            "municipality": "1480",
            "service_type": "short_term_housing",
            "wanted_start": START.isoformat(),
        },
        place="need",
        service_types=register.provision_forms,
    )
    (rungs,) = closed(register.offering(need.service_type), ask(need, register)).tolist()
    return [form.value for form in LADDER if rungs & RUNG_BIT[form]]


@pytest.mark.parametrize("kind", [*StopKind.values, "closed_by_fire"])
def test_the_database_closes_the_rungs_that_the_match_closes(kind: str) -> None:
    unit = made.CareUnitServiceFactory(unit__provider__group=made.CorporateGroupFactory()).unit
    targets = [{"unit": unit}, {"provider": unit.provider}, {"group": unit.provider.group}]
    found = []
    for number, (first, last) in enumerate(PERIODS):
        target = targets[number % len(targets)] | {"valid_from": first, "valid_to": last}
        with changing_register(by=made.TESTS):
            stop = Stop.objects.create(kind=kind, **target)
        next_transaction()
        found.append(by_the_database(unit))
        assert by_the_match(unit) == found[-1]
        with changing_register(by=made.TESTS):
            stop.ended_at, stop.ended_by = clock.now(), "Karin"
            stop.save()
        next_transaction()
        assert (by_the_database(unit), by_the_match(unit)) == ([], [])
    closing = {
        "recommendation_stop": ["direct_award"],
        "order_stop": ["framework", "direct_award"],
    }.get(kind, [form.value for form in LADDER])
    assert found == [closing, closing, closing, [], [], []]


def test_a_unit_that_is_on_no_rung_is_closed_as_by_direct_award() -> None:
    unit = made.CareUnitFactory()
    stop = made.StopFactory(unit=unit, valid_from=date(2025, 3, 1))
    found = closing_stops({unit.code: "", "U-unknown": ""}, instant=DAY, start=None)
    assert {code: (one.stop_id, one.since) for code, one in found.items()} == {
        unit.code: (stop.pk, date(2025, 3, 1))
    }


def test_a_unit_that_moves_to_a_stopped_provider_is_stopped() -> None:
    unit, stopped = made.CareUnitFactory(), made.ProviderFactory()
    made.StopFactory(unit=None, provider=stopped)
    assert by_the_database(unit) == []
    with changing_register(by=made.TESTS):
        CareUnit.objects.filter(pk=unit.pk).update(provider=Provider.objects.get(pk=stopped.pk))
    assert by_the_database(unit) == ["direct_award"]
