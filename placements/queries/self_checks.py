"""Self-checks: what can be drawn, the samples, and their results month by month."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from placements.domain.lifecycle import TRANSITIONS, Side
from placements.domain.self_checks import Tally
from placements.models import (
    CheckAnswer,
    PlacementRequest,
    SelfCheck,
    SelfCheckAnswer,
    SelfCheckItem,
    SelfCheckQuestion,
    TimelineEntry,
)
from spink.foundation import clock
from spink.foundation.actor import ActorKind

PLACING_STEPS = [step.value for step, one in TRANSITIONS.items() if one.side is Side.PLACING]


def handled_requests(function_id: int, *, since: date, before: date) -> QuerySet[PlacementRequest]:
    """Those that an officer of the function had and that ended from a day to before another."""
    return PlacementRequest.objects.filter(
        placement_function=function_id,
        assigned_to__isnull=False,
        ended_at__gte=clock.beginning_of(since),
        ended_at__lt=clock.beginning_of(before),
    )


def handlers_of(requests: Iterable[PlacementRequest]) -> dict[int, list[int]]:
    """Users by request: who had it, and who took any step of the placing side. One query."""
    found: dict[int, set[int]] = defaultdict(set)
    for request in requests:
        if request.assigned_to_id is not None:
            found[request.pk].add(request.assigned_to_id)
    steps = TimelineEntry.objects.filter(
        request__in=found, kind__in=PLACING_STEPS, actor_kind=ActorKind.PERSON
    )
    for request_id, user_id in steps.values_list("request_id", "actor_id").distinct():
        found[request_id].add(int(user_id))
    return {request_id: sorted(users) for request_id, users in found.items()}


def self_checks_of(function_ids: Collection[int]) -> QuerySet[Any]:
    """The latest month first, each with how many were drawn, checked, and have a shortcoming."""
    found = SelfCheck.objects.filter(placement_function__in=function_ids)
    items = SelfCheckItem.objects.filter(self_check=OuterRef("pk")).order_by().values("self_check")
    short = SelfCheckAnswer.objects.filter(item__self_check=OuterRef("pk"), answer=CheckAnswer.NO)
    counted = short.order_by().values("item__self_check").annotate(n=Count("item", distinct=True))
    return found.select_related("placement_function", "drawn_by", "locked_by").annotate(
        drawn=_number(items.annotate(n=Count("pk"))),
        checked=_number(items.filter(version__gt=0).annotate(n=Count("pk"))),
        short=_number(counted),
    )


def _number(counted: QuerySet[Any, Any]) -> Any:
    return Coalesce(Subquery(counted.values("n")), 0)


def self_check_of(function_ids: Collection[int], check_id: int) -> Any:
    return self_checks_of(function_ids).filter(pk=check_id).first()


def items_of(check: SelfCheck) -> QuerySet[Any]:
    """With their requests, how many shortcomings were found, and when and by whom they were."""
    answers = SelfCheckAnswer.objects.filter(item=OuterRef("pk")).order_by("-answered_at")
    found = SelfCheckItem.objects.filter(self_check=check)
    return (
        found.select_related("request", "request__assigned_to")
        .annotate(
            short=Count("answers", filter=Q(answers__answer=CheckAnswer.NO)),
            checked_at=Subquery(answers.values("answered_at")[:1]),
            checked_by=Subquery(answers.values("answered_by")[:1]),
        )
        .order_by("position")
    )


def questions_of(check: SelfCheck) -> list[SelfCheckQuestion]:
    return list(check.questions.all())


def answers_of(item: SelfCheckItem) -> dict[int, SelfCheckAnswer]:
    """By question."""
    return {one.question_id: one for one in item.answers.select_related("answered_by")}


@dataclass(frozen=True, slots=True)
class Counted:
    question: str
    """As it read when the sample was drawn."""
    tally: Tally


@dataclass(frozen=True, slots=True)
class MonthsResult:
    check: Any
    counted: dict[str, Counted]
    """By the question's code, in their order; a question that was not asked then is not there."""


def locked_checks(function_ids: Collection[int]) -> QuerySet[Any]:
    return self_checks_of(function_ids).filter(locked_at__isnull=False)


def results(checks: Iterable[Any]) -> list[MonthsResult]:
    """One query for all of them."""
    listed = list(checks)
    found: dict[int, dict[str, Counted]] = defaultdict(dict)
    rows = SelfCheckQuestion.objects.filter(self_check__in=[one.pk for one in listed]).annotate(
        **{one.value: Count("answers", filter=Q(answers__answer=one)) for one in CheckAnswer}
    )
    for row in rows.order_by("self_check", "position"):
        tally = Tally(**{one.value: getattr(row, one.value) for one in CheckAnswer})
        found[row.self_check_id][row.code] = Counted(row.name, tally)
    return [MonthsResult(one, found[one.pk]) for one in listed]


def asked_in(months: Iterable[MonthsResult]) -> dict[str, str]:
    """Every question of the months, the latest first, by code and as it read last."""
    found: dict[str, str] = {}
    for month in months:
        for code, one in month.counted.items():
            found.setdefault(code, one.question)
    return found
