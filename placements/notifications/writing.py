"""An event becomes one notification for everybody whom it is to be told to."""

from placements.domain.telling import TELLS, People, told
from placements.models import Notification, PlacementRequest
from placements.notifications.reaching import still_reaches
from spink.accounts import queries as accounts
from spink.accounts import wall
from spink.accounts.access_log import Reading, log_reading
from spink.accounts.domain.jobs import SystemJob
from spink.foundation import clock, outbox
from spink.foundation.actor import Actor
from spink.foundation.events import Event, EventName
from spink.foundation.models import OutboxEvent

JOB = SystemJob.DELIVER_NOTIFICATIONS
READING = Reading(by=Actor.system(JOB.name.lower()), route="outbox")


@outbox.handles(*TELLS)
def write_notifications(event: OutboxEvent) -> None:
    with wall.opened_for_job(JOB):
        request = _request_of(event)
        if request is None:
            return
        log_reading(READING, [request.reference])
        by_user_id = event.payload["by_user_id"]
        for user_id in sorted(told(EventName(event.name), _people(request), by_user_id=by_user_id)):
            _write(event, request, user_id)


def _request_of(event: OutboxEvent) -> PlacementRequest | None:
    """The request; None if it has been disposed of since."""
    found = PlacementRequest.objects.filter(id=event.payload["request_id"])
    return found.select_related("created_by").first()


def _people(request: PlacementRequest) -> People:
    function_id = request.placement_function_id or 0
    officers = {user.pk for user in accounts.officers_of(function_id)}
    of_team = {user.pk for user in accounts.officers_of(function_id, team_id=request.team_id)}
    assigned = request.assigned_to_id
    return People(
        filers=frozenset(
            {request.created_by_id} if still_reaches(request.created_by, request.pk) else ()
        ),
        officer=assigned if assigned in officers else None,
        colleagues=frozenset(of_team or officers),
    )


def _write(event: OutboxEvent, request: PlacementRequest, user_id: int) -> None:
    notification, is_new = Notification.objects.get_or_create(
        event_id=event.id,
        user_id=user_id,
        defaults={"event": event.name, "request": request, "created_at": clock.now()},
    )
    if is_new:
        payload: dict[str, str | int | None] = {
            "notification_id": str(notification.id),
            "reference": request.reference,
        }
        outbox.publish(Event(EventName.NOTIFICATION_WRITTEN, payload))
