"""Changes of what has no dates: carried out by the job on their day, in the planner's name."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.mail import EmailMessage
from django.test import Client

from providers import actions
from providers.models import AgreementUnit, CareUnitService, PlannedChange, PlanState
from providers.queries.history import unit_history
from providers.tasks import carry_out_planned_changes
from spink.accounts.domain.roles import Role
from spink.accounts.models import RoleAssignment
from spink.foundation import clock, outbox
from spink.foundation.actor import Actor
from spink.foundation.bad_input import BadInput
from spink.foundation.models import OutboxEvent
from tests.factories import providers as made
from tests.factories.accounts import holding
from tests.support.register_edits import next_transaction

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]

KEEPER = Actor.system("Karin Kvist")


def planned(
    part: str, row: Any, values: dict[str, Any], days: int = 10, by: Actor = KEEPER
) -> PlannedChange:
    day = clock.today() + timedelta(days=days)
    plan = actions.plan_change(part=part, row_id=row.pk, values=values, day=day, by=by)
    next_transaction()
    return plan


def carried_out(days: int) -> None:
    with clock.frozen(clock.now() + timedelta(days=days)):
        carry_out_planned_changes()


def state_of(plan: PlannedChange) -> str:
    plan.refresh_from_db()
    return plan.state


def test_a_change_waits_for_its_day() -> None:
    unit = made.CareUnitFactory(age_from=18)
    plan = planned("unit", unit, {"age_from": 21})
    carried_out(days=9)
    unit.refresh_from_db()
    assert (unit.age_from, state_of(plan)) == (18, PlanState.PLANNED)
    carried_out(days=10)
    unit.refresh_from_db()
    assert (unit.age_from, state_of(plan)) == (21, PlanState.DONE)
    assert unit_history(unit.pk)[0].who == "Karin Kvist"


def test_what_others_have_changed_meanwhile_stays() -> None:
    unit = made.CareUnitFactory(age_from=18, age_to=60)
    planned("unit", unit, {"age_from": 21})
    actions.change_part(part="unit", row_id=unit.pk, values={"age_to": 65}, by=KEEPER)
    carried_out(days=10)
    unit.refresh_from_db()
    assert (unit.age_from, unit.age_to) == (21, 65)


def test_days_rates_and_services_come_back_as_what_they_were() -> None:
    unit = made.CareUnitFactory(operated_by="1480")
    first = clock.today() + timedelta(days=10)
    planned("unit", unit, {"in_house_rate": "2600.50", "in_house_rate_from": first})
    services = [{"service_type": "foster_home", "subtypes": []}]
    planned("services", unit, {"services": services})
    carried_out(days=10)
    unit.refresh_from_db()
    assert (str(unit.in_house_rate), unit.in_house_rate_from) == ("2600.50", first)
    given = CareUnitService.objects.filter(unit=unit).values_list("service_type", flat=True)
    assert list(given) == ["foster_home"]


def test_a_unit_leaves_a_lot_on_its_day() -> None:
    agreed = made.AgreementUnitFactory()
    plan = planned("agreed", agreed, {actions.REMOVED: True})
    assert plan.unit == agreed.unit
    carried_out(days=10)
    assert not AgreementUnit.objects.exists()


def test_a_cancelled_change_is_not_carried_out() -> None:
    unit = made.CareUnitFactory(age_from=18)
    plan = planned("unit", unit, {"age_from": 21})
    actions.cancel_planned(plan_id=plan.pk, by=KEEPER)
    carried_out(days=10)
    unit.refresh_from_db()
    assert (unit.age_from, state_of(plan)) == (18, PlanState.CANCELLED)


def test_a_change_that_cannot_be_made_stops_no_other() -> None:
    unit = made.CareUnitFactory(age_from=18, age_to=20)
    bad = planned("unit", unit, {"age_from": 30})
    good = planned("unit", unit, {"age_to": 25}, days=11)
    carried_out(days=11)
    unit.refresh_from_db()
    assert (unit.age_from, unit.age_to) == (18, 25)
    assert (state_of(bad), state_of(good)) == (PlanState.FAILED, PlanState.DONE)


def test_a_change_is_held_whose_planner_keeps_the_register_no_more(
    client: Client, mailoutbox: list[EmailMessage]
) -> None:
    planner, keeper = holding(Role.QUALITY_CONTROLLER), holding(Role.QUALITY_CONTROLLER)
    unit = made.CareUnitFactory(age_from=18, name="Sjövik")
    plan = planned("unit", unit, {"age_from": 21}, by=planner.actor)
    RoleAssignment.objects.filter(user=planner).delete()
    carried_out(days=10)
    unit.refresh_from_db()
    assert (unit.age_from, state_of(plan)) == (18, PlanState.HELD)
    handle_all()
    assert [mail.bcc for mail in mailoutbox] == [[keeper.email]]
    assert ("Sjövik" in mailoutbox[0].body, "/register/corrections/" in mailoutbox[0].body) == (
        False,
        True,
    )
    client.force_login(keeper)
    page = client.get("/register/corrections/").content.decode()
    assert ("1 planerad ändring" in page, "Sjövik" in page) == (True, True)


def test_keepers_are_told_once_of_a_change_that_failed(mailoutbox: list[EmailMessage]) -> None:
    keeper = holding(Role.QUALITY_CONTROLLER)
    holding(Role.LAWYER)
    unit = made.CareUnitFactory(age_from=18, age_to=20)
    plan = planned("unit", unit, {"age_from": 30}, by=keeper.actor)
    carried_out(days=10)
    carried_out(days=11)
    handle_all()
    assert state_of(plan) == PlanState.FAILED
    assert [mail.bcc for mail in mailoutbox] == [[keeper.email]]


def handle_all() -> None:
    while waiting := OutboxEvent.objects.filter(handled_at=None, attempts=0).first():
        outbox.handle(waiting.id)


def test_a_change_is_planned_for_a_later_day_alone() -> None:
    unit = made.CareUnitFactory()
    with pytest.raises(BadInput):
        planned("unit", unit, {"age_from": 21}, days=0)
