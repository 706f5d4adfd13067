from collections.abc import Mapping
from datetime import date
from uuid import UUID, uuid4

from providers.actions.control.reviews import name_stop
from providers.diary import changing_register
from providers.domain.stopping import INK, InksDecision, Ruling, check, check_lift
from providers.models import CareUnit, Provider, Stop, StopKind
from providers.queries.stops import Target, rungs_under
from spink.foundation import audit, clock, outbox
from spink.foundation.actor import Actor
from spink.foundation.bad_input import BadInput
from spink.foundation.events import Event, EventName


def set_stop(
    *,
    on: Target,
    kind: StopKind,
    by: Actor,
    reason_code: str,
    valid_from: date | None = None,
    valid_to: date | None = None,
    decision: InksDecision | None = None,
    review_id: int | None = None,
    reference: UUID | None = None,
) -> Stop:
    """Stop a unit, all units of a provider, or all of a group; from today unless said.

    Where INK decides, its `decision` is recorded; `review_id` is the review that it follows on.
    The stop of a `reference` that is set already is given back: a button is pressed twice at night.
    One that is lifted since, or was another, is not: a page that was kept open sets a stop anew.
    Raises StopRefused, ReviewStepNotAllowed, and BadInput for a period that ends before it begins
    or a review of another provider.
    """
    first = valid_from or clock.today()
    if valid_to is not None and valid_to < first:
        raise BadInput("ends before it begins", field="valid_to")
    with changing_register(by=by):
        known = Stop.objects.filter(reference=reference).first() if reference else None
        if known is not None:
            asked = (_field_of(on), on.pk, kind, first, valid_to)
            if known.ended_at is None and asked == _said_by(known):
                return known
            reference = None
        today = clock.today()
        why = check(kind, rungs_under(on, today), decision, today=today)
        inks = decision if why is Ruling.INK_DECIDES else None
        stop = Stop.objects.create(
            reference=reference or uuid4(),
            kind=kind,
            valid_from=first,
            valid_to=valid_to,
            reason_code=reason_code,
            decided_at=clock.now(),
            decided_by=INK if inks else by.label,
            decision_reference=inks.reference.strip() if inks else "",
            decided_on=inks.day if inks else None,
            **{_field_of(on): on},
        )
        tell_of_stop("set_stop", EventName.STOP_SET, stop, by, on)
        if review_id is not None:
            name_stop(review_id=review_id, stop=stop, by=by)
    return stop


def end_stop(
    *, stop_id: int, by: Actor, why: str = "", decision: InksDecision | None = None
) -> Stop:
    """Lift a stop now. Ending one that is ended already changes nothing.

    `why` stands in the trail and not in the register's diary, which those may read who are not told
    why the stop was set.

    What INK has decided INK lifts: its `decision` is told with the reason. Raises StopRefused.
    """
    with changing_register(by=by):
        stop = Stop.objects.select_for_update().get(pk=stop_id)
        if stop.ended_at is None:
            check_lift(bool(stop.decision_reference), decision, today=clock.today())
            stop.ended_at, stop.ended_by = clock.now(), by.label
            stop.save()
            on = stop.unit or stop.provider or stop.group
            said = {"why": _note(why, decision)}
            tell_of_stop("end_stop", EventName.STOP_ENDED, stop, by, on, said)
    return stop


def _note(why: str, decision: InksDecision | None) -> str:
    inks = f"{decision.reference.strip()}, {decision.day}" if decision else ""
    return ". ".join(part for part in (why.strip(), inks) if part)


def _said_by(stop: Stop) -> tuple[str, int, str, date | None, date | None]:
    on = stop.unit or stop.provider or stop.group
    assert on is not None  # noqa: S101 - the database holds it to one of them
    return _field_of(on), on.pk, stop.kind, stop.valid_from, stop.valid_to


def _field_of(on: Target) -> str:
    if isinstance(on, CareUnit):
        return "unit"
    return "provider" if isinstance(on, Provider) else "group"


def tell_of_stop(
    action: str,
    event: EventName,
    stop: Stop,
    by: Actor,
    on: Target | None,
    said: Mapping[str, str] | None = None,
) -> None:
    """To the trail, and to those who carry out what follows."""
    audit.record(
        action=action,
        by=by,
        subject="stop",
        subject_id=str(stop.reference),
        details={
            "kind": stop.kind,
            "on": on.code if on else "",
            "reason_code": stop.reason_code,
            **(said or {}),
        },
    )
    by_user_id = by.user_id if by.is_person else None
    outbox.publish(Event(event, {"stop_id": stop.pk, "by_user_id": by_user_id}))
