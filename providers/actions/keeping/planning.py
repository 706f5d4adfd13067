"""Changes that wait for their day: planned by a keeper, carried out by a job in that name."""

import logging
from collections.abc import Collection
from datetime import date
from typing import Any, Final

from django.core.exceptions import ObjectDoesNotExist
from django.db import IntegrityError, transaction
from django.db.models import Model
from django.utils.translation import gettext as _

from providers.actions.keeping.changing import change_part, check_unchanged, remove_part
from providers.actions.keeping.parts import PARTS, SERVICES, Part, Values
from providers.diary import changing_register
from providers.models import BROKEN_OFF, AgreementUnit, CareUnit, PlannedChange, PlanState
from providers.policies import can_keep_register
from spink.accounts import queries as accounts
from spink.foundation import audit, clock, outbox
from spink.foundation.actor import Actor, ActorKind
from spink.foundation.bad_input import BadInput
from spink.foundation.events import Event, EventName
from spink.web import wording

logger = logging.getLogger(__name__)

REMOVED: Final = "removed"
"""The value of a planned change that takes its row out of the register."""


def plan_change(
    *,
    part: str,
    row_id: int,
    values: Values,
    day: date,
    by: Actor,
    seen: int | None = None,
    watched: Collection[str] = (),
) -> PlannedChange:
    """Keep a change until its day. Raises BadInput for a day that is not later than today, and
    Outdated as `change_part` does."""
    if day <= clock.today():
        raise BadInput("must be later than today", field="day")
    known = PARTS[part]
    with changing_register(by=by):
        if seen is not None:
            check_unchanged(known, row_id, seen, watched)
        plan = PlannedChange.objects.create(
            part=part,
            row_id=row_id,
            unit_id=_unit_of(known, row_id),
            day=day,
            values=dict(values),
            planned_at=clock.now(),
            planned_by=by.as_dict(),
        )
        _record("change_planned", plan, by)
    return plan


def cancel_planned(*, plan_id: int, by: Actor) -> PlannedChange:
    """Take a planned change back. One that is carried out or cancelled already stays as it is."""
    with changing_register(by=by):
        plan = PlannedChange.objects.select_for_update().get(pk=plan_id)
        if plan.state in (PlanState.PLANNED, *BROKEN_OFF):
            plan.state = PlanState.CANCELLED
            plan.save()
            _record("planned_change_cancelled", plan, by)
    return plan


def carry_out_planned() -> int:
    """Carry out every planned change whose day has come; the number that were.

    Each in a transaction of its own, so that one which cannot be carried out stops no other. One
    that is planned by somebody who keeps the register no more is held. Keepers are told of both.
    """
    waiting = PlannedChange.objects.filter(state=PlanState.PLANNED, day__lte=clock.today())
    return sum(_carry_out(plan_id) for plan_id in list(waiting.values_list("pk", flat=True)))


def _carry_out(plan_id: int) -> bool:
    by = _planner(PlannedChange.objects.get(pk=plan_id))
    with changing_register(by=by):
        rows = PlannedChange.objects.select_for_update()
        plan = rows.filter(pk=plan_id, state=PlanState.PLANNED).first()
        if plan is None:
            return False
        plan.state = _outcome(plan, by)
        plan.save()
        if plan.state in BROKEN_OFF:
            outbox.publish(Event(EventName.PLANNED_CHANGE_BROKE_OFF, {"plan_id": plan.pk}))
        _record(f"planned_change_{plan.state}", plan, Actor.system("carry_out_planned"))
    return plan.state == PlanState.DONE


def _outcome(plan: PlannedChange, by: Actor) -> PlanState:
    if not _may_still(by):
        return PlanState.HELD
    return PlanState.DONE if _could_write(plan, by) else PlanState.FAILED


def _may_still(by: Actor) -> bool:
    """What the system itself has planned, it may."""
    if by.kind is not ActorKind.PERSON:
        return True
    people = accounts.users_by_id([by.user_id or 0])
    return any(can_keep_register(accounts.reach_of_user(user)) for user in people)


def _could_write(plan: PlannedChange, by: Actor) -> bool:
    try:
        with transaction.atomic():
            _write(plan, by)
    except (IntegrityError, ObjectDoesNotExist) as error:
        logger.warning(
            "register: a planned change could not be carried out",
            extra={"plan": plan.pk, "error": type(error).__name__},
        )
        return False
    return True


def _write(plan: PlannedChange, by: Actor) -> None:
    if REMOVED in plan.values:
        remove_part(part=plan.part, row_id=plan.row_id, by=by)
    else:
        values = _as_stored(PARTS[plan.part], plan.values)
        change_part(part=plan.part, row_id=plan.row_id, values=values, by=by, note=_note(plan))


def _note(plan: PlannedChange) -> str:
    day = wording.short_day(plan.planned_at.astimezone(clock.STOCKHOLM).date())
    return _("Planned %(day)s") % {"day": day}


def _planner(plan: PlannedChange) -> Actor:
    given = plan.planned_by
    return Actor(ActorKind(given["kind"]), given["id"], given["label"])


def _as_stored(part: Part, values: dict[str, Any]) -> dict[str, Any]:
    """JSON has neither dates nor decimals: each column reads its own."""
    if part.name == SERVICES:
        return values
    fields: dict[str, Any] = {field.attname: field for field in part.model._meta.concrete_fields}
    return {name: fields[name].to_python(value) for name, value in values.items()}


def _unit_of(part: Part, row_id: int) -> int | None:
    if part.of_unit or part.model is CareUnit:
        return row_id
    model: type[Model] = part.model
    if model is AgreementUnit:
        return AgreementUnit.objects.values_list("unit_id", flat=True).get(pk=row_id)
    return None


def _record(action: str, plan: PlannedChange, by: Actor) -> None:
    audit.record(
        action=action,
        by=by,
        subject=PARTS[plan.part].subject,
        subject_id=plan.unit.code if plan.unit else str(plan.row_id),
        details={"plan": plan.pk, "day": plan.day.isoformat(), "fields": sorted(plan.values)},
    )
