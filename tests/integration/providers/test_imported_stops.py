"""A register file decides no stop that its importer may not decide, and what it decides follows."""

import json
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from providers.actions import BadRegisterFile, import_register
from providers.domain.stopping import INK
from providers.models import CareUnit, Stop
from providers.queries import current_number, exported
from spink.accounts.domain.roles import Role
from spink.accounts.models import User
from spink.foundation import clock
from spink.foundation.actor import Actor
from spink.foundation.models import AuditEntry, OutboxEvent
from tests.factories import providers as made
from tests.factories.accounts import holding
from tests.support.register_edits import DAY, next_transaction

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue", "frozen_clock")]

REFERENCE = "5f0c6b0e-0000-4000-8000-000000000001"
INKS = {"decision_reference": "N123-0042/25", "decided_on": "2025-03-01"}
SYSTEM = Actor.system("import_register")


@pytest.fixture
def framed() -> CareUnit:
    unit: CareUnit = made.AgreementUnitFactory().unit
    next_transaction()
    return unit


def a_stop(unit: CareUnit, **given: Any) -> dict[str, Any]:
    stop = {"reference": REFERENCE, "kind": "paused", "unit": unit.code, **given}
    return {"units": [], "stops": [stop]}


def faults(document: object, by: Actor) -> list[str]:
    with pytest.raises(BadRegisterFile) as caught:
        import_register(document=document, by=by)
    assert Stop.objects.count() == 0
    return [str(fault).removeprefix(f"stop {REFERENCE}: ") for fault in caught.value.faults]


NOT_ONES_OWN = "is decided by those who keep the register: import the file in the name of one"
NEEDS_INK = "kind: is decided by INK: give decision_reference and decided_on"


def test_stop_is_refused_to_all_who_do_not_keep_the_register(framed: CareUnit) -> None:
    for by in (SYSTEM, holding(Role.ADMINISTRATOR).actor, holding(Role.LAWYER).actor):
        assert faults(a_stop(framed, **INKS), by) == [NOT_ONES_OWN]


def test_stop_is_held_by_the_table_of_who_decides(framed: CareUnit, keeper: User) -> None:
    tomorrow = (clock.today() + timedelta(days=1)).isoformat()
    told = {
        "paused": faults(a_stop(framed), keeper.actor),
        "to come": faults(a_stop(framed, **INKS | {"decided_on": tomorrow}), keeper.actor),
        "recommendation_stop": faults(a_stop(framed, kind="recommendation_stop"), keeper.actor),
    }
    assert told == {
        "paused": [NEEDS_INK],
        "to come": [NEEDS_INK],
        "recommendation_stop": ["kind: stops direct award alone, and nothing is bought so there"],
    }


def test_dry_run_says_what_the_import_would_say_of_stops_and_leaves_nothing(
    framed: CareUnit, keeper: User, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    number, file = current_number(), tmp_path / "register.json"
    for document in (a_stop(framed), a_stop(framed, **INKS)):
        file.write_text(json.dumps({"places_horizon_days": 14, **document}))
        with suppress(SystemExit):
            call_command("import_register", file, by=keeper.username, dry_run=True, no_color=True)
    said = capsys.readouterr()
    assert said.err == f"{file}: stop {REFERENCE}: {NEEDS_INK}\n"
    assert said.out == f"{file}: 0 units, nothing wrong, nothing written\n"
    left = Stop.objects.count(), OutboxEvent.objects.filter(name="stop_set").count()
    assert (left, current_number()) == ((0, 0), number)


def test_stop_that_may_be_decided_is_told_of_as_one_that_is_set_by_hand(
    framed: CareUnit, keeper: User
) -> None:
    import_register(document=a_stop(framed, **INKS), by=keeper.actor)
    stop = Stop.objects.get()
    assert (stop.decided_by, stop.decided_at, stop.decision_reference) == (
        INK,
        clock.now(),
        "N123-0042/25",
    )
    (event,) = OutboxEvent.objects.filter(name="stop_set")
    assert event.payload == {"stop_id": stop.pk, "by_user_id": keeper.pk}
    assert AuditEntry.objects.filter(action="set_stop").count() == 1
    next_transaction()
    import_register(document=a_stop(framed), by=SYSTEM)
    assert OutboxEvent.objects.filter(name="stop_set").count() == 1
    (exported_stop,) = exported(current_number(), DAY)["stops"]
    assert {name: exported_stop[name] for name in INKS} == INKS


@pytest.mark.parametrize(
    "over",
    [{"to": "2025-03-02"}, {"ended_at": "2025-03-01T10:00:00+01:00", "ended_by": "Karin"}],
)
def test_stop_that_is_over_is_history(framed: CareUnit, over: dict[str, str]) -> None:
    import_register(document=a_stop(framed, **{"from": "2025-01-01", **over}), by=SYSTEM)
    assert (Stop.objects.count(), OutboxEvent.objects.count()) == (1, 0)


def test_stop_that_a_file_would_begin_earlier_is_a_decision_too(framed: CareUnit) -> None:
    held = made.StopFactory(unit=framed, kind="paused", valid_from=clock.today())
    next_transaction()
    wider = a_stop(framed, reference=str(held.reference), **{"from": "2025-02-01"})
    with pytest.raises(BadRegisterFile):
        import_register(document=wider, by=SYSTEM)
    held.refresh_from_db()
    assert held.valid_from == clock.today()
