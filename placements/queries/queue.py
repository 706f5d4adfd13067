"""The officers' work queue: what is late, due today, waits for others, and what nobody has.

The database sorts and counts it: a page reads its own rows alone, however long the queue is.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import Any

from django.db.models import (
    Case,
    Count,
    Exists,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)

from placements.domain.lifecycle import State
from placements.domain.values import Answer
from placements.models import HandOverNote, InformationRequest, PlacementRequest, ProviderInquiry
from placements.queries.stops import is_touched
from placements.queries.visible import visible_requests
from spink.accounts.domain.reach import Reach
from spink.foundation import clock

OPEN = (State.SUBMITTED, State.IN_PROGRESS, State.AWAITING_INFORMATION, State.RECOMMENDED)


class Group(StrEnum):
    """In the order in which they call."""

    OVERDUE = "overdue"
    TODAY = "today"
    LATER = "later"
    WAITING = "waiting"
    UNASSIGNED = "unassigned"


GROUPS = list(Group)


@dataclass(frozen=True, slots=True)
class QueueRow:
    request: PlacementRequest
    asked: int
    answered: int

    @property
    def awaits_providers(self) -> bool:
        return self.asked > self.answered


def queue(reach: Reach) -> QuerySet[PlacementRequest]:
    """Open requests of the reader's placement functions, in no order."""
    open_here = visible_requests(reach).filter(
        placement_function_id__in=reach.placement_function_ids, state__in=OPEN
    )
    return open_here.order_by()


def in_groups(requests: QuerySet[PlacementRequest], *, now: datetime) -> QuerySet[PlacementRequest]:
    """With `group`, the place of each request's group in `GROUPS`.

    What is late and in our hands calls first, whether somebody has it or not; a unit that has a
    place ends the waiting for the others.
    """
    asked = ProviderInquiry.objects.filter(request=OuterRef("pk"))
    has_a_place = asked.filter(answer__in=(Answer.YES, Answer.LATER))
    cases = (
        (Q(state__in=(State.AWAITING_INFORMATION, State.RECOMMENDED)), Group.WAITING),
        (Q(service_proposed_at__isnull=False), Group.WAITING),
        (Q(due_at__lt=now), Group.OVERDUE),
        (Q(assigned_to=None), Group.UNASSIGNED),
        (Q(Exists(asked.filter(answer="")), ~Exists(has_a_place)), Group.WAITING),
        (Q(due_at=None) | Q(due_at__gt=end_of_day(now)), Group.LATER),
    )
    whens = [When(case, then=Value(GROUPS.index(group))) for case, group in cases]
    today = Value(GROUPS.index(Group.TODAY))
    return requests.annotate(group=Case(*whens, default=today, output_field=IntegerField()))


def in_group(group: Group) -> Q:
    """Of requests that stand `in_groups`."""
    return Q(group=GROUPS.index(group))


def counts_by_group(grouped: QuerySet[Any], asked: Sequence[Q]) -> list[dict[Group, int]]:
    """How many of those asked for stand in each group that has any, for each `asked`. One query."""
    named = {f"n{place}": Count("pk", filter=one) for place, one in enumerate(asked)}
    counted = list(grouped.order_by().values_list("group").annotate(**named))
    return [
        {GROUPS[place]: counts[number] for place, *counts in counted if counts[number]}
        for number in range(len(asked))
    ]


def queue_rows(reach: Reach, ids: Iterable[int]) -> QuerySet[PlacementRequest]:
    return _with_lines(queue(reach).filter(pk__in=ids), reach)


def queue_rows_named(reach: Reach, references: Iterable[str]) -> QuerySet[PlacementRequest]:
    """Those that were chosen in the queue, though they may have left it since."""
    of_functions = visible_requests(reach).filter(
        placement_function_id__in=reach.placement_function_ids
    )
    named = of_functions.filter(reference__in=references)
    return _with_lines(named, reach).order_by("due_at", "id")


def _with_lines(requests: QuerySet[PlacementRequest], reach: Reach) -> QuerySet[PlacementRequest]:
    """Rows of the queue with all that their lines say: counts of questions to units, whether a
    colleague's note waits for the reader, `question_asked_at`, of the open question to the social
    worker, and `question_answered_at`, of the last one that was answered."""
    questions = InformationRequest.objects.filter(request=OuterRef("pk")).order_by("-asked_at")
    still_open, answered = (questions.filter(answered_at__isnull=none) for none in (True, False))
    notes = HandOverNote.objects.filter(request=OuterRef("pk"), to=reach.user_id, read_at=None)
    return (
        requests.order_by()
        .select_related("person", "department", "municipality", "assigned_to", "team")
        .annotate(
            asked=Count("inquiries"),
            answered=Count("inquiries", filter=~Q(inquiries__answer="")),
            question_asked_at=Subquery(still_open.values("asked_at")[:1]),
            question_answered_at=Subquery(answered.values("answered_at")[:1]),
            has_note=Exists(notes),
            is_stopped=is_touched(),
        )
    )


def queue_row(request: PlacementRequest) -> QueueRow:
    """`request` comes from `queue_rows`, with its counts of questions."""
    asked, answered = (getattr(request, name, 0) for name in ("asked", "answered"))
    return QueueRow(request, asked, answered)


def end_of_day(now: datetime) -> datetime:
    """Midnight in Sweden after `now`."""
    tomorrow = now.astimezone(clock.STOCKHOLM).date() + timedelta(days=1)
    return datetime.combine(tomorrow, time(), clock.STOCKHOLM)
