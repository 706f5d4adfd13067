"""Complaints about providers, by the request that they are about. Only the filing unit sees any."""

from placements.models import (
    AcutePlacement,
    ComplaintRequest,
    OutcomeFeedback,
    PlacementRequest,
    RecommendedUnit,
)
from placements.queries.visible import visible_requests
from providers.models import Complaint
from providers.queries.control.complaints import complaints_by_ids
from spink.accounts.domain.reach import Reach


def complaints_about_request(request: PlacementRequest) -> list[Complaint]:
    """The newest first."""
    ids = ComplaintRequest.objects.filter(request=request).values_list("complaint_id", flat=True)
    return complaints_by_ids(ids)


def request_of_complaint(complaint_id: int, *, reach: Reach) -> PlacementRequest | None:
    """The request, for those of its unit."""
    link = ComplaintRequest.objects.filter(complaint=complaint_id).first()
    if link is None:
        return None
    seen = visible_requests(reach).filter(unit__in=sorted(reach.unit_ids))
    return seen.filter(pk=link.request_id).first()


def units_met(request: PlacementRequest) -> set[str]:
    """The codes of the units that the request has been recommended, or that were chosen."""
    recommended = RecommendedUnit.objects.filter(recommendation__request=request)
    chosen = OutcomeFeedback.objects.filter(request=request).exclude(unit_code="")
    acute = AcutePlacement.objects.filter(request=request)
    return {
        *recommended.values_list("unit_code", flat=True),
        *chosen.values_list("unit_code", flat=True),
        *acute.values_list("unit_code", flat=True),
    }
