"""A complaint about a provider that is about one of the filer's own requests."""

from uuid import UUID

from django.db import transaction

from placements import policies
from placements.models import ComplaintRequest, PlacementRequest
from providers.actions.control import complaints
from providers.models import CareUnit, Complaint
from spink.accounts.domain.reach import Reach
from spink.foundation.actor import Actor


def file_complaint_about_request(
    *,
    request: PlacementRequest,
    reach: Reach,
    key: UUID,
    care_unit: CareUnit,
    category: str,
    text: str,
    by: Actor,
) -> Complaint:
    """Which request it is stays behind the request's wall. Raises NotAllowed, BadInput."""
    policies.check_can_complain(request, reach)
    with transaction.atomic():
        complaint, is_new = complaints.file_complaint(
            key=key,
            provider=care_unit.provider,
            care_unit=care_unit,
            unit=request.unit,
            category=category,
            text=text,
            has_request=True,
            by=by,
        )
        if is_new:
            ComplaintRequest.objects.create(complaint=complaint, request=request)
    return complaint
