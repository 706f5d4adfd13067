"""The rows behind each measure of a follow-up report, and their counts: one query a measure."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any, Final

from django.db.models import Count, DateField, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce, TruncDate

from providers.domain.control.complaints import HANDLED_HERE
from providers.domain.control.follow_up import (
    SEVERAL_A_ROW,
    WHOLES,
    By,
    Measure,
    Measured,
    Period,
    told_reasons,
)
from providers.domain.control.review import STOPPING
from providers.models import (
    Complaint,
    DirectAwardVetting,
    IncidentVisit,
    Review,
    SiteVisit,
    Stop,
    StopKind,
    Vetting,
)
from providers.models.control.choices import (
    ReviewKind,
    ReviewState,
    RungOfLadder,
    VettingState,
    VisitState,
)
from spink.foundation import clock

Rows = QuerySet[Any]
LED_TO_STOP: Final = "stop"
"""The coded outcome of a complaint."""


def _when(name: str, period: Period) -> Q:
    """Of a moment."""
    return Q(
        **{
            f"{name}__gte": clock.beginning_of(period.first),
            f"{name}__lt": clock.beginning_of(period.last + timedelta(days=1)),
        }
    )


def _on(name: str, period: Period) -> Q:
    """Of a day."""
    return Q(**{f"{name}__range": (period.first, period.last)})


def _vettings(period: Period) -> Rows:
    """INK's alone rest on evidence of their own: it tells them apart when they have ended, too."""
    decided = (VettingState.ADDED, VettingState.REFUSED, VettingState.ENDED)
    return Vetting.objects.filter(_when("decided_at", period), state__in=decided, evidence="")


def _refused(period: Period) -> Rows:
    return _vettings(period).filter(state=VettingState.REFUSED)


def _complaints(period: Period) -> Rows:
    filed = Complaint.objects.filter(_when("filed_at", period))
    return filed.filter(provision_form__in=sorted(HANDLED_HERE))


def _complaints_with_ink(period: Period) -> Rows:
    filed = Complaint.objects.filter(_when("filed_at", period))
    return filed.filter(provision_form=RungOfLadder.FRAMEWORK)


def _complaints_leading_to_stop(period: Period) -> Rows:
    return _complaints(period).filter(outcome=LED_TO_STOP)


def _reviews(period: Period) -> Rows:
    return Review.objects.filter(
        _when("decided_at", period), kind=ReviewKind.IN_DEPTH, state=ReviewState.DECIDED
    )


def _reviews_stopping(period: Period) -> Rows:
    return _reviews(period).filter(decision__in=sorted(STOPPING))


def _incident_visits(period: Period) -> Rows:
    return IncidentVisit.objects.filter(_on("day", period))


def _stops(period: Period) -> Rows:
    """Each with the day of its decision, as `day`."""
    day = Coalesce(
        "decided_on",
        TruncDate("decided_at", tzinfo=clock.STOCKHOLM),
        "valid_from",
        output_field=DateField(),
    )
    return Stop.objects.annotate(day=day).filter(_on("day", period))


def _order_stops(period: Period) -> Rows:
    return _stops(period).filter(kind=StopKind.ORDER_STOP)


def _unpublished(period: Period) -> Rows:
    """By Spink: where INK decides, its decision is named."""
    in_direct_award = DirectAwardVetting.objects.filter(
        Q(unit=OuterRef("unit"))
        | Q(unit__provider=OuterRef("provider"))
        | Q(unit__provider__group=OuterRef("group"))
    )
    found = _stops(period).filter(kind=StopKind.UNPUBLISHED, decision_reference="")
    return found.filter(Exists(in_direct_award))


def _unpublished_by_ink(period: Period) -> Rows:
    return _stops(period).filter(kind=StopKind.UNPUBLISHED).exclude(decision_reference="")


def _visits(period: Period) -> Rows:
    return SiteVisit.objects.filter(_on("made_on", period), state=VisitState.MADE)


@dataclass(frozen=True, slots=True)
class _Counting:
    rows: Callable[[Period], Rows]
    splits: Mapping[By, str]
    """Each with the column that it is read from."""
    left_to_ink: Callable[[Period], Rows] | None = None


_COUNTING: Final[dict[Measure, _Counting]] = {
    Measure.ONBOARDING_CHECKS: _Counting(_vettings, {By.VETTING_DECISION: "state"}),
    Measure.ONBOARDING_CHECKS_REJECTED: _Counting(_refused, {By.VETTING_REASON: "reason_codes"}),
    Measure.COMPLAINTS: _Counting(
        _complaints,
        {
            By.COMPLAINT_CATEGORY: "category",
            By.PROVISION_FORM: "provision_form",
            By.COMPLAINT_OUTCOME: "outcome",
        },
        _complaints_with_ink,
    ),
    Measure.COMPLAINTS_LEADING_TO_STOP: _Counting(
        _complaints_leading_to_stop, {By.COMPLAINT_CATEGORY: "category"}
    ),
    Measure.IN_DEPTH_REVIEWS: _Counting(_reviews, {By.REVIEW_DECISION: "decision"}),
    Measure.REVIEWS_STOPPING: _Counting(_reviews_stopping, {By.REVIEW_REASON: "reason_codes"}),
    Measure.INCIDENT_DRIVEN_VISITS: _Counting(
        _incident_visits, {By.REVIEW_KIND: "review__kind", By.VISIT_MODE: "form"}
    ),
    Measure.ORDER_STOPS_FRAMEWORK: _Counting(_order_stops, {By.STOP_REASON: "reason_code"}),
    Measure.UNPUBLISHED_DIRECT: _Counting(
        _unpublished, {By.STOP_REASON: "reason_code"}, _unpublished_by_ink
    ),
    Measure.MATCHING_VISITS: _Counting(
        _visits,
        {
            By.TEAM: "team__name",
            By.PROVISION_FORM: "provision_form",
            By.VISIT_OUTCOME: "outcome",
            By.VISIT_COMPANY: "is_joint",
            By.VISIT_MODE: "mode",
        },
    ),
}


def rows_behind(measure: Measure, period: Period) -> Rows:
    """What the figure counts, as far as the reader sees them."""
    return _COUNTING[measure].rows(period)


def measured(period: Period, *, reads_offences: bool) -> list[Measured]:
    """In the order of the measures, within a job that counts complaints."""
    found = {one: _measured(one, period, reads_offences) for one in Measure}
    return [
        replace(one, out_of=found[WHOLES[name]].count) if name in WHOLES else one
        for name, one in found.items()
    ]


def _measured(measure: Measure, period: Period, reads_offences: bool) -> Measured:
    counting = _COUNTING[measure]
    rows = counting.rows(period)
    found = split_up(measure, rows, counting.splits, reads_offences=reads_offences)
    if counting.left_to_ink is None:
        return found
    return replace(found, left_to_ink=counting.left_to_ink(period).count())


def split_up(
    name: str, rows: Rows, by: Mapping[Any, str], *, reads_offences: bool = False
) -> Measured:
    """How many they are, and how many of each kind; `by` names the column of each. One query."""
    groups = list(rows.order_by().values(*by.values()).annotate(many=Count("pk")))
    splits: dict[str, Counter[str]] = {one: Counter() for one in by}
    for group in groups:
        for one, column in by.items():
            for code in _codes(one, group[column], reads_offences):
                splits[one][code] += group["many"]
    return Measured(name=name, count=sum(group["many"] for group in groups), splits=splits)


def _codes(by: str, value: Any, reads_offences: bool) -> Iterable[str]:
    if by in SEVERAL_A_ROW:
        return told_reasons(value, reads_offences=reads_offences)
    if by is By.VETTING_DECISION:
        return [VettingState.REFUSED if value == VettingState.REFUSED else VettingState.ADDED]
    if by is By.VISIT_COMPANY:
        return ["joint" if value else "alone"]
    return [value]
