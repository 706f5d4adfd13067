"""The social worker says why a decision is not carried out within three months."""

from django.db import transaction

from placements.domain.not_carried_out import Quarter
from placements.models import DelayReason, PlacementRequest
from spink.foundation import audit, clock
from spink.foundation.actor import Actor


class ReasonChanged(Exception):
    """Somebody else has given a reason for the quarter since the page was read."""


@transaction.atomic
def give_delay_reason(
    *, request_id: int, quarter: Quarter, reason: str, note: str = "", seen: int, by: Actor
) -> DelayReason:
    """For the quarter, and for later ones until another is given.

    `seen` is the version that the page was made from, 0 for none. Raises ReasonChanged.
    """
    request = PlacementRequest.objects.select_for_update().get(id=request_id)
    given = DelayReason.objects.filter(request=request, quarter_from=quarter.first).first()
    if seen != (given.version if given else 0):
        raise ReasonChanged
    given = given or DelayReason(request=request, quarter_from=quarter.first, version=0)
    given.reason, given.note = reason, note
    given.given_at, given.given_by_id = clock.now(), by.user_id or 0
    given.version += 1
    given.save()
    audit.record(
        action="give_delay_reason",
        by=by,
        subject="placement_request",
        subject_id=str(request.pk),
        reference=request.reference,
        details={"quarter": str(quarter), "reason": reason},
    )
    return given
