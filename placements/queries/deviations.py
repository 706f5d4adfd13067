"""Process deviations as those read them who filed them, and those who handle them.

Whose are seen is the wall's matter: of the own unit, the own, or all but those about oneself.
"""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import Count, Q, QuerySet

from placements.domain.deviations import OPEN
from placements.models import (
    PlacementRequest,
    ProcessDeviation,
    ProcessDeviationEntry,
    ProcessDeviationRequest,
)
from placements.models.choices import DeviationStates
from placements.queries.visible import visible_requests
from spink.accounts.domain.reach import Reach
from spink.foundation.clock import beginning_of

Deviations = QuerySet[ProcessDeviation]


def deviations() -> Deviations:
    """Those that have waited longest first."""
    return ProcessDeviation.objects.select_related(
        "owner", "filed_by", "team__function", "unit__department__municipality"
    ).order_by("filed_at", "pk")


def own_deviations(reach: Reach) -> Deviations:
    """Of the reader's units, and the reader's own without a unit; the newest first."""
    own = Q(unit__in=sorted(reach.unit_ids)) | Q(unit=None, filed_by=reach.user_id)
    return deviations().filter(own).order_by("-filed_at", "-pk")


def deviation_by_id(found: Deviations, pk: int) -> ProcessDeviation | None:
    return found.filter(pk=pk).first()


def deviations_about_request(request: PlacementRequest) -> list[ProcessDeviation]:
    """The newest first."""
    links = ProcessDeviationRequest.objects.filter(request=request).values("deviation")
    return list(ProcessDeviation.objects.filter(pk__in=links).order_by("-filed_at", "-pk"))


def request_of_deviation(deviation: ProcessDeviation, *, reach: Reach) -> PlacementRequest | None:
    """For who sees both."""
    if not deviation.has_request:
        return None
    link = ProcessDeviationRequest.objects.filter(deviation=deviation).values("request")
    return visible_requests(reach).filter(pk__in=link).first()


def of_state(shown: str, *, user_id: int | None) -> Q:
    """What each tab of the list holds, by its name."""
    if shown == "mine":
        return Q(state__in=sorted(OPEN), owner=user_id)
    if shown == "under_review":
        return Q(state=DeviationStates.UNDER_REVIEW)
    if shown == "closed":
        return Q(state=DeviationStates.CLOSED)
    return Q(state=DeviationStates.RECEIVED)


def counted_deviations(shown: Iterable[str], *, user_id: int | None) -> dict[str, int]:
    wanted = {name: Count("pk", filter=of_state(name, user_id=user_id)) for name in shown}
    return dict(ProcessDeviation.objects.aggregate(**wanted))


def count_to_take(*, user_id: int | None) -> int:
    """Those that nobody has taken, but the reader's own: somebody else takes them."""
    waits = ProcessDeviation.objects.filter(of_state("", user_id=user_id))
    return waits.exclude(filed_by=user_id).count()


def filed_between(found: Deviations, *, since: date | None, until: date | None) -> Deviations:
    """By days in Sweden, both ends inclusive."""
    if since:
        found = found.filter(filed_at__gte=beginning_of(since))
    if until:
        found = found.filter(filed_at__lt=beginning_of(until + timedelta(days=1)))
    return found


def entries_of_deviation(
    deviation: ProcessDeviation, *, with_internal: bool
) -> list[ProcessDeviationEntry]:
    """The newest first."""
    entries = deviation.entries.select_related("by", "to").order_by("-at", "-pk")
    return list(entries if with_internal else entries.filter(is_internal=False))
