"""The marks in the pages: what a user has been told of and not yet looked at."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import connection
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


def unread_among(reach: Reach, request_ids: Collection[int]) -> frozenset[int]:
    """Those of the requests that the user has been told of and not yet looked at. One query."""
    marked = _unread(reach).filter(request_id__in=request_ids)
    return frozenset(marked.values_list("request_id", flat=True))


def mark_request_read(*, request_id: int, user_id: int) -> int:
    """The user has opened the request's page: all marks of the request are taken away."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE placements_notification SET read_at = %s"
            " WHERE request_id = %s AND user_id = %s AND read_at IS NULL",
            [clock.now(), request_id, user_id],
        )
        taken_away: int = cursor.rowcount
    return taken_away


def _unread(reach: Reach) -> QuerySet[Notification]:
    if reach.user_id is None:
        return Notification.objects.none()
    in_reach = visible_requests(reach).filter(id=OuterRef("request_id"))
    return Notification.objects.filter(
        Exists(in_reach), user_id=reach.user_id, read_at__isnull=True
    )
