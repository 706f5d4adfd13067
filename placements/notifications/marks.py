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
from spink.foundation.events import EventName

SHOWN = 50
READ_ON_ITS_PAGE = (
    EventName.MESSAGE_WRITTEN,
    EventName.COMPLETION_ANSWERED,
    EventName.ATTACHMENT_FOUND_CLEAN,
)
"""What is read where the words and the documents stand: on the request's own page."""


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


def unread(reach: Reach, *, after: int = 0) -> list[UnreadNotification]:
    """A page of them, newest first, beginning after so many. One query."""
    columns = ("request_id", "request__reference", "event", "created_at")
    rows = _unread(reach).order_by("-created_at", "id").values_list(*columns)[after : after + SHOWN]
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


def mark_all_read(*, user_id: int, until: datetime) -> None:
    """The user wants to be rid of all marks that had come by then."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE placements_notification SET read_at = %s"
            " WHERE user_id = %s AND read_at IS NULL AND created_at <= %s",
            [clock.now(), user_id, until],
        )


def mark_all_but_messages_read(*, request_id: int, user_id: int) -> int:
    """A page of the request that shows neither words nor documents: their marks stay.

    How many of them there are. One query.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH read AS (UPDATE placements_notification SET read_at = %(now)s"
            " WHERE request_id = %(request)s AND user_id = %(user)s AND read_at IS NULL"
            " AND event <> ALL(%(kept)s))"
            " SELECT count(*) FROM placements_notification WHERE request_id = %(request)s"
            " AND user_id = %(user)s AND read_at IS NULL AND event = ANY(%(kept)s)",
            {
                "now": clock.now(),
                "request": request_id,
                "user": user_id,
                "kept": [event.value for event in READ_ON_ITS_PAGE],
            },
        )
        row = cursor.fetchone()
    return int(row[0]) if row else 0


def _unread(reach: Reach) -> QuerySet[Notification]:
    if reach.user_id is None:
        return Notification.objects.none()
    in_reach = visible_requests(reach).filter(id=OuterRef("request_id"))
    return Notification.objects.filter(
        Exists(in_reach), user_id=reach.user_id, read_at__isnull=True
    )
