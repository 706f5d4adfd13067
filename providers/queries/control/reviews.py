"""In-depth reviews as those read them who make them."""

from collections.abc import Iterable
from datetime import date

from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)

from providers.domain.control.review import STOPPING, UNDER_WAY, ReviewKind
from providers.models import (
    DirectAwardVetting,
    IncidentVisit,
    OffenceRecord,
    ProviderCheck,
    Review,
    ReviewEntry,
    ReviewStop,
    Stop,
)
from providers.models.control.choices import ReviewDecision, ReviewState

Reviews = QuerySet[Review]


def reviews() -> Reviews:
    """Those under way first, the oldest first; then those to follow up, the latest decided last."""
    is_ended = Case(
        When(state__in=(ReviewState.DECIDED, ReviewState.CANCELLED), then=Value(1)),
        default=Value(0),
        output_field=IntegerField(),
    )
    found = Review.objects.select_related("provider", "owner", "finding").prefetch_related("stops")
    return found.order_by(is_ended, F("follow_up_on").asc(nulls_last=True), "opened_at", "pk")


def of_state(shown: str) -> Q:
    """What each tab of the list holds, by its name."""
    if shown == "to_stop":
        return waits_for_stop()
    if shown == "watched":
        return _is_watched()
    return Q(state=shown)


def waits_for_stop() -> Q:
    """Decided to be paused or removed, and nobody has set the stop."""
    is_set = Exists(ReviewStop.objects.filter(review=OuterRef("pk")))
    return Q(~is_set, decision__in=sorted(STOPPING))


def _is_watched() -> Q:
    return Q(decision=ReviewDecision.WATCHED, followed_up_at=None)


def count_to_go_on(day: date) -> int:
    """Whose stop is to be set, and those watched whose day has come."""
    return Review.objects.filter(waits_for_stop() | watch_ended(day)).count()


def count_with_lawyer() -> int:
    return Review.objects.filter(state=ReviewState.WITH_LAWYER).count()


def watch_ended(day: date) -> Q:
    return _is_watched() & Q(follow_up_on__lte=day)


def counted(shown: Iterable[str]) -> dict[str, int]:
    return dict(
        Review.objects.aggregate(**{name: Count("pk", filter=of_state(name)) for name in shown})
    )


def stops_of_review(review: Review) -> list[Stop]:
    found = Stop.objects.filter(of_review__review=review)
    return list(found.select_related("unit", "provider", "group").order_by("pk"))


def stops_to_name(review: Review) -> "QuerySet[Stop]":
    """Those that hold or are to come, reach the provider, and are of no review."""
    provider = review.provider
    reaching = Q(provider=provider) | Q(unit__provider=provider)
    if provider.group_id is not None:
        reaching |= Q(group=provider.group_id)
    found = Stop.objects.filter(reaching, ended_at=None, of_review=None)
    return found.select_related("unit", "provider", "group").order_by("pk")


def reviews_of_stops(stops: Iterable[Stop]) -> dict[int, Review]:
    """By the stop's id; a stop that no review has led to is left out."""
    found = ReviewStop.objects.filter(stop__in=list(stops)).select_related("review")
    return {one.stop_id: one.review for one in found}


def review_by_id(pk: int) -> Review | None:
    return reviews().filter(pk=pk).first()


def reviews_of(provider_id: int) -> Reviews:
    return reviews().filter(provider=provider_id)


def review_of_finding(finding_id: int) -> Review | None:
    return Review.objects.filter(finding=finding_id).first()


def review_under_way(provider_id: int) -> Review | None:
    """Of its own kind; what INK has asked for besides is no hindrance to another."""
    under_way = Review.objects.filter(kind=ReviewKind.IN_DEPTH, state__in=sorted(UNDER_WAY))
    return under_way.filter(provider=provider_id).first()


def latest_review_checks(review: Review) -> dict[str, ProviderCheck]:
    """By the check's code."""
    rows = review.made.filter(is_latest=True).select_related("by")
    return {row.check_code: row for row in rows}


def visits_of(review: Review) -> list[IncidentVisit]:
    return list(review.visits.select_related("by"))


def entries_of(review: Review) -> list[ReviewEntry]:
    """The newest first."""
    return list(review.entries.select_related("by", "to").order_by("-at", "-pk"))


def offences_of(review: Review) -> list[OffenceRecord]:
    """Behind a wall of their own: whoever stands outside of it sees none."""
    return list(review.offences.select_related("by"))


def is_directly_procured(provider_id: int, day: date) -> bool:
    """Whether a unit of it is in direct award on the day; one that is paused still is."""
    return DirectAwardVetting.objects.filter(
        Q(vetted_from__isnull=True) | Q(vetted_from__lte=day),
        Q(vetted_to__isnull=True) | Q(vetted_to__gte=day),
        unit__provider=provider_id,
    ).exists()
