"""What the control knows of some providers at once: what a decider needs at hand."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, OuterRef, Q

from providers.domain.control.complaints import OPEN as OPEN_COMPLAINTS
from providers.models import Complaint, Review
from providers.models.control.choices import VisitState
from providers.queries.control.complaints import WITHDRAWN
from providers.queries.control.findings import Findings, findings, is_open
from providers.queries.control.reviews import Reviews, reviews, waits_for_stop
from providers.queries.control.visits import Visits, visits

Ids = Collection[int]


def open_findings_of(providers: Ids) -> Findings:
    """The gravest first; also those that have led to a review whose stop is still to be set."""
    to_stop = Review.objects.filter(waits_for_stop(), finding=OuterRef("pk"))
    return findings().filter(is_open() | Q(Exists(to_stop)), provider__in=providers)


def latest_reviews_of(providers: Ids) -> Reviews:
    """The latest first."""
    return reviews().filter(provider__in=providers).order_by("-opened_at", "-pk")


def visits_made_of(providers: Ids) -> Visits:
    """The latest first."""
    made = visits().filter(care_unit__provider__in=providers, state=VisitState.MADE)
    return made.order_by("-made_on", "-pk")


@dataclass(frozen=True, slots=True)
class Counted:
    category: str
    many: int
    under_way: int


def complaints_counted(providers: Ids, since: datetime) -> list[Counted]:
    """By category, the most common first; without those that were withdrawn."""
    rows = (
        Complaint.objects.filter(provider__in=providers, filed_at__gte=since)
        .exclude(outcome=WITHDRAWN)
        .values("category")
        .annotate(
            many=Count("pk"), under_way=Count("pk", filter=Q(state__in=sorted(OPEN_COMPLAINTS)))
        )
        .order_by("-many", "category")
    )
    return [Counted(row["category"], row["many"], row["under_way"]) for row in rows]
