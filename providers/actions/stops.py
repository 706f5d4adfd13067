from datetime import date

from providers.diary import changing_register
from providers.models import CareUnit, CorporateGroup, Provider, Stop, StopKind
from spink.foundation import audit, clock
from spink.foundation.actor import Actor
from spink.foundation.bad_input import BadInput

Target = CareUnit | Provider | CorporateGroup


def set_stop(
    *,
    on: Target,
    kind: StopKind,
    by: Actor,
    reason_code: str,
    valid_from: date | None = None,
    valid_to: date | None = None,
) -> Stop:
    """Stop a unit, all units of a provider, or all of a group; from today unless said.

    Raises BadInput for a period that ends before it begins.
    """
    first = valid_from or clock.today()
    if valid_to is not None and valid_to < first:
        raise BadInput("ends before it begins", field="valid_to")
    field = {CareUnit: "unit", Provider: "provider", CorporateGroup: "group"}[type(on)]
    with changing_register(by=by):
        stop = Stop.objects.create(
            kind=kind,
            valid_from=first,
            valid_to=valid_to,
            reason_code=reason_code,
            decided_at=clock.now(),
            decided_by=by.label,
            **{field: on},
        )
        _record("set_stop", stop, by, on)
    return stop


def end_stop(*, stop_id: int, by: Actor) -> Stop:
    """Lift a stop now. Ending one that is ended already changes nothing."""
    with changing_register(by=by):
        stop = Stop.objects.select_for_update().get(pk=stop_id)
        if stop.ended_at is None:
            stop.ended_at, stop.ended_by = clock.now(), by.label
            stop.save()
            _record("end_stop", stop, by, stop.unit or stop.provider or stop.group)
    return stop


def _record(action: str, stop: Stop, by: Actor, on: Target | None) -> None:
    audit.record(
        action=action,
        by=by,
        subject="stop",
        subject_id=str(stop.reference),
        details={
            "kind": stop.kind,
            "on": on.code if on else "",
            "reason_code": stop.reason_code,
        },
    )
