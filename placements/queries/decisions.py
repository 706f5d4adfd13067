"""Decisions not carried out within three months: the unit's own, and everybody's in figures."""

from datetime import date
from typing import Any

from django.db.models import (
    Case,
    Count,
    DateField,
    Exists,
    F,
    Func,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Least

from placements.domain.lifecycle import State
from placements.domain.not_carried_out import (
    DECISION_ENDED,
    ENDED_BY_CLOSING,
    ENDED_BY_WITHDRAWING,
    Quarter,
)
from placements.domain.values import Result
from placements.models import DelayReason, OutcomeFeedback, PlacementRequest
from placements.queries.visible import visible_requests
from spink.accounts import wall
from spink.accounts.domain.jobs import SystemJob
from spink.accounts.domain.reach import Reach
from spink.foundation import clock

RELATED = ("person", "unit", "department", "created_by")


class _ThreeMonthsLater(Func):
    """The last day on which it is in time: a shorter month's last where there is no such day."""

    template = "(%(expressions)s + interval '3 months')::date"
    output_field = DateField()


class _DayOf(Func):
    template = "((%(expressions)s) AT TIME ZONE 'Europe/Stockholm')::date"
    output_field = DateField()


def not_carried_out(reach: Reach, quarter: Quarter) -> QuerySet[PlacementRequest]:
    """Those of the reader's own units, the oldest decision first; each with what the page says."""
    own = visible_requests(reach).filter(unit_id__in=reach.unit_ids)
    return _late_in(own, quarter).select_related(*RELATED).order_by("decision_date", "id")


def count_by_reason(quarter: Quarter) -> dict[tuple[int, str], int]:
    """How many of each department, by the reason given: figures alone leave this job's wall."""
    with wall.opened_for_job(SystemJob.COUNT_DECISIONS):
        late: Any = _late_in(PlacementRequest.objects.all(), quarter).order_by()
        rows = late.values_list("department_id", "delay_reason").annotate(count=Count("pk"))
        return {(department, reason): count for department, reason, count in rows}


def _late_in(requests: QuerySet[PlacementRequest], quarter: Quarter) -> QuerySet[PlacementRequest]:
    """`in_time_until` is the last day that would have been in time, `done_on` when it was carried
    out or the decision ended, if it was."""
    counted_until = min(quarter.last, clock.today())
    return (
        requests.filter(submitted_at__isnull=False, decision_date__isnull=False)
        .annotate(in_time_until=_ThreeMonthsLater(F("decision_date")))
        .filter(in_time_until__lt=counted_until)
        .annotate(carried_out_on=_carried_out_on(), done_on=_done_on())
        .filter(
            Q(done_on__isnull=True) | Q(done_on__gt=F("in_time_until"), done_on__gte=quarter.first)
        )
        .annotate(
            delay_reason=_text(_given(quarter.first, "reason")),
            delay_note=_text(_given(quarter.first, "note")),
        )
    )


def _carried_out_on() -> Any:
    chosen = OutcomeFeedback.objects.filter(request=OuterRef("pk"), result=Result.CHOSEN)
    return _DayOf(Subquery(chosen.order_by("reported_at").values("reported_at")[:1]))


def _done_on() -> Any:
    """PostgreSQL's least leaves out what is null."""
    no_more = OutcomeFeedback.objects.filter(
        request=OuterRef("pk"), result=Result.NONE_CHOSEN, reason__in=ENDED_BY_CLOSING
    )
    said = DelayReason.objects.filter(request=OuterRef("pk"), reason=DECISION_ENDED)
    ended = Case(
        When(
            Q(state=State.OTHER_SERVICE)
            | Q(withdrawal_reason__in=ENDED_BY_WITHDRAWING)
            | Q(Exists(no_more)),
            then=_DayOf(F("ended_at")),
        ),
        default=Value(None),
        output_field=DateField(),
    )
    return Least(
        _carried_out_on(),
        ended,
        _DayOf(Subquery(said.order_by("given_at").values("given_at")[:1])),
    )


def _given(quarter_from: date, name: str) -> Any:
    said = DelayReason.objects.filter(request=OuterRef("pk"), quarter_from__lte=quarter_from)
    return Subquery(said.order_by("-quarter_from").values(name)[:1])


def _text(found: Subquery) -> Any:
    return Coalesce(found, Value(""), output_field=TextField())


def delay_reason_of(request: PlacementRequest, quarter: Quarter) -> DelayReason | None:
    """What was said for this quarter itself."""
    return DelayReason.objects.filter(request=request, quarter_from=quarter.first).first()
