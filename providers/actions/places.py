from datetime import date

from providers.diary import changing_register
from providers.models import CareUnit
from spink.foundation import audit, clock
from spink.foundation.actor import Actor
from spink.foundation.bad_input import BadInput


def confirm_places(
    *,
    unit_id: int,
    occupied: int,
    unavailable: int = 0,
    next_free_on: date | None = None,
    by: Actor,
) -> CareUnit:
    """Count a unit's places as of now. More may live there than there are places.

    Raises BadInput for a count below nought, for a next free day that has passed, or for a unit
    that is not counted in places.
    """
    for field, count in (("occupied", occupied), ("unavailable", unavailable)):
        if count < 0:
            raise BadInput("must be a whole number from 0", field=field)
    if next_free_on is not None and next_free_on < clock.today():
        raise BadInput("must be today or later", field="next_free_on")
    with changing_register(by=by):
        unit = CareUnit.objects.select_for_update().get(pk=unit_id)
        if unit.places_total is None:
            raise BadInput("the unit is not counted in places", field="occupied")
        unit.places_occupied, unit.places_unavailable = occupied, unavailable
        unit.next_free_on = next_free_on
        unit.places_confirmed_at, unit.places_confirmed_by = clock.now(), by.label
        unit.save()
        audit.record(
            action="confirm_places",
            by=by,
            subject="care_unit",
            subject_id=unit.code,
            details={"occupied": occupied, "unavailable": unavailable},
        )
    return unit
