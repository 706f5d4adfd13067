"""The marks in the pages: what a user has been told of and not yet looked at."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet

from placements.models import Notification
from placements.notifications.sentences import sentence
from placements.queries.visible import visible_requests
from spink.accounts.domain.reach import Reach
from spink.foundation import clock

SHOWN = 50


@dataclass(frozen=True, slots=True)
class UnreadNotification:
    request_id: int
    reference: str
    event: str
    sentence: str
    at: datetime


def unread_count(reach: Reach) -> int:
    """How many notifications the user has not looked at, of requests still in reach. One query."""
    return _unread(reach).count()


def unread(reach: Reach) -> list[UnreadNotification]:
    """The newest of them, newest first. One query."""
    columns = ("request_id", "request__reference", "event", "created_at")
    rows = _unread(reach).order_by("-created_at", "id").values_list(*columns)[:SHOWN]
    return [
        UnreadNotification(request_id, reference, event, sentence(event), at)
        for request_id, reference, event, at in rows
    ]


def mark_request_read(*, request_id: int, user_id: int) -> int:
    """The user has opened the request's page: all marks of the request are taken away."""
    marks = Notification.objects.filter(
        request_id=request_id, user_id=user_id, read_at__isnull=True
    )
    return marks.update(read_at=clock.now())


def _unread(reach: Reach) -> QuerySet[Notification]:
    if reach.user_id is None:
        return Notification.objects.none()
    in_reach = visible_requests(reach).filter(id=OuterRef("request_id"))
    return Notification.objects.filter(
        Exists(in_reach), user_id=reach.user_id, read_at__isnull=True
    )
