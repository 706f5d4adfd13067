"""The officers' work queue: what is late, due today, waits for others, and what nobody has."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from placements.domain.lifecycle import State
from placements.models import InformationRequest, PlacementRequest
from placements.queries.visible import visible_requests
from spink.accounts.domain.reach import Reach
from spink.foundation import clock

OPEN = (State.SUBMITTED, State.IN_PROGRESS, State.AWAITING_INFORMATION, State.RECOMMENDED)


class Group(StrEnum):
    OVERDUE = "overdue"
    TODAY = "today"
    LATER = "later"
    WAITING = "waiting"
    UNASSIGNED = "unassigned"


@dataclass(frozen=True, slots=True)
class QueueRow:
    request: PlacementRequest
    group: Group
    asked: int
    answered: int

    @property
    def awaits_providers(self) -> bool:
        return self.asked > self.answered


def queue(reach: Reach) -> QuerySet[PlacementRequest]:
    """Open requests of the reader's placement functions, the earliest due first."""
    return (
        visible_requests(reach)
        .filter(placement_function_id__in=reach.placement_function_ids, state__in=OPEN)
        .select_related("person", "department", "municipality", "assigned_to", "team")
        .annotate(
            asked=Count("inquiries"),
            answered=Count("inquiries", filter=~Q(inquiries__answer="")),
        )
        .order_by("due_at", "id")
    )


def queue_rows(reach: Reach, ids: Iterable[int]) -> QuerySet[PlacementRequest]:
    """Rows of the queue with `question_asked_at`, of the open question to the social worker, and
    `question_answered_at`, of the last one that was answered."""
    questions = InformationRequest.objects.filter(request=OuterRef("pk")).order_by("-asked_at")
    still_open, answered = (questions.filter(answered_at__isnull=none) for none in (True, False))
    return (
        queue(reach)
        .filter(pk__in=ids)
        .annotate(
            question_asked_at=Subquery(still_open.values("asked_at")[:1]),
            question_answered_at=Subquery(answered.values("answered_at")[:1]),
        )
    )


def queue_row(request: PlacementRequest, *, now: datetime) -> QueueRow:
    """A row with its group; `request` comes from `queue`, with its counts of questions."""
    asked, answered = (getattr(request, name, 0) for name in ("asked", "answered"))
    return QueueRow(request, _group(request, asked > answered, now), asked, answered)


def _group(request: PlacementRequest, awaits_providers: bool, now: datetime) -> Group:
    if request.assigned_to_id is None:
        return Group.UNASSIGNED
    if request.state in (State.AWAITING_INFORMATION, State.RECOMMENDED) or awaits_providers:
        return Group.WAITING
    if request.due_at is None or request.due_at > end_of_day(now):
        return Group.LATER
    return Group.OVERDUE if request.due_at < now else Group.TODAY


def end_of_day(now: datetime) -> datetime:
    """Midnight in Sweden after `now`."""
    tomorrow = now.astimezone(clock.STOCKHOLM).date() + timedelta(days=1)
    return datetime.combine(tomorrow, time(), clock.STOCKHOLM)
