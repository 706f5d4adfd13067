from collections.abc import Mapping
from datetime import date

from providers.actions.keeping.changing import Outdated, check_unchanged
from providers.actions.keeping.parts import PARTS
from providers.diary import changing_register
from providers.models import CareUnit
from spink.foundation import audit, clock
from spink.foundation.actor import Actor
from spink.foundation.bad_input import BadInput

PLACES = ("places_total", "places_occupied", "places_unavailable", "next_free_on")


def confirm_places(
    *,
    unit_id: int,
    occupied: int,
    unavailable: int = 0,
    next_free_on: date | None = None,
    seen: int | None = None,
    by: Actor,
) -> CareUnit:
    """Count a unit's places as of now. More may live there than there are places.

    Raises BadInput for a count below nought, for a next free day that has passed, or for a unit
    that is not counted in places, and Outdated where somebody has counted since the change `seen`.
    """
    for field, count in (("occupied", occupied), ("unavailable", unavailable)):
        if count < 0:
            raise BadInput("must be a whole number from 0", field=field)
    if next_free_on is not None and next_free_on < clock.today():
        raise BadInput("must be today or later", field="next_free_on")
    with changing_register(by=by):
        unit = CareUnit.objects.select_for_update().get(pk=unit_id)
        if seen is not None:
            check_unchanged(PARTS["unit"], unit_id, seen, PLACES)
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


def confirm_as_they_stand(*, seen_by_unit: Mapping[int, int], by: Actor) -> tuple[int, int]:
    """Many units' places with the counts that the register has, each as it was seen.

    Gives how many were counted, and how many were passed over because somebody else counted.
    """
    outdated = 0
    with changing_register(by=by):
        units = list(CareUnit.objects.filter(pk__in=seen_by_unit, places_total__isnull=False))
        for unit in units:
            try:
                confirm_places(
                    unit_id=unit.pk,
                    occupied=unit.places_occupied,
                    unavailable=unit.places_unavailable,
                    next_free_on=_if_to_come(unit.next_free_on),
                    seen=seen_by_unit[unit.pk],
                    by=by,
                )
            except Outdated:
                outdated += 1
    return len(units) - outdated, outdated


def _if_to_come(day: date | None) -> date | None:
    return day if day is not None and day >= clock.today() else None
