"""What the two sides do about a stop: go on with the next best, or find nothing to be done."""

from placements.actions import stepping
from placements.domain.lifecycle import ENDED
from placements.models import StopTouch
from spink.foundation import clock
from spink.foundation.actor import Actor
from spink.foundation.events import EventName


class TouchSettled(Exception):
    """Somebody was faster, or the stop is lifted, or the request has ended."""


def pick_alternative(*, request_id: int, touch_id: int, by: Actor) -> StopTouch:
    """The social worker wants to go on with the next best unit: the officer is told, and it is
    recommended like any other. Raises TouchSettled."""
    with stepping.editing(
        request_id=request_id, by=by, version=None, what="pick_alternative"
    ) as change:
        touch = _open(change, touch_id)
        if touch.picked_at is not None or not touch.alternative_code:
            raise TouchSettled
        touch.picked_at, touch.picked_by_id = clock.now(), by.user_id
        touch.save(update_fields=["picked_at", "picked_by"])
        change.facts = {"unit": touch.alternative_name}
        change.details = {"unit": touch.alternative_code}
        stepping.tell(change, kind="pick_alternative", by=by)
        stepping.publish(EventName.ALTERNATIVE_PICKED, change.request, by)
    return touch


def settle_touch(*, request_id: int, touch_id: int, by: Actor) -> StopTouch:
    """The officer has seen it, and nothing is left to do. Raises TouchSettled."""
    with stepping.editing(request_id=request_id, by=by, version=None, what="settle_stop") as change:
        touch = _open(change, touch_id)
        touch.settled_at = clock.now()
        touch.save(update_fields=["settled_at"])
        change.details = {"units": touch.unit_codes}
    return touch


def settle_by_recommending(request_id: int) -> None:
    """A new recommendation does the task."""
    StopTouch.objects.filter(request=request_id, settled_at=None).update(settled_at=clock.now())


def _open(change: stepping.Change, touch_id: int) -> StopTouch:
    touch = (
        StopTouch.objects.select_for_update()
        .filter(pk=touch_id, request=change.request, lifted_at=None, settled_at=None)
        .first()
    )
    if touch is None or change.request.state in ENDED:
        raise TouchSettled
    return touch
