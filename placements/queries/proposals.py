"""Proposals of another service, and the requests that a request goes on in."""

from dataclasses import dataclass, field
from datetime import date

from placements.domain.continuing import CARRIED, LISTS_OF_NEEDS, Beginning, Fitting, beginning_of
from placements.domain.lifecycle import State
from placements.models import PlacementRequest, ServiceProposal
from placements.queries.visible import visible_requests
from spink.accounts.domain.reach import Reach
from spink.catalogue import queries as catalogue

KNOWN = (*CARRIED, *LISTS_OF_NEEDS, "subtype", "decision_date", "drug_free")


def latest_proposal(request: PlacementRequest) -> ServiceProposal | None:
    found = ServiceProposal.objects.filter(request=request)
    return found.select_related("proposed_by", "answered_by").order_by("-id").first()


def beginning_in(request: PlacementRequest, service_type: str, *, on: date) -> Beginning:
    """What a request in the service would begin with, and what would not come along."""
    service = catalogue.service(service_type)
    fitting = Fitting(
        asks_drug_free=service is not None and service.asks_drug_free,
        needs={need.code for need in catalogue.special_needs(on)},
    )
    return beginning_of({name: getattr(request, name) for name in KNOWN}, fitting)


@dataclass(frozen=True, slots=True)
class Continued:
    """As far as the reader sees them; a new one that was thrown away goes on nowhere."""

    before: PlacementRequest | None = None
    after: list[PlacementRequest] = field(default_factory=list)


def continued(request: PlacementRequest, reach: Reach) -> Continued:
    """No query for one that neither goes on from another nor has ended in one."""
    visible = visible_requests(reach).select_related("person")
    before = request.continues_id and visible.filter(pk=request.continues_id).first()
    if request.state != State.OTHER_SERVICE:
        return Continued(before or None)
    gone = {"state": State.WITHDRAWN, "submitted_at": None}
    return Continued(before or None, list(visible.filter(continues=request).exclude(**gone)))
