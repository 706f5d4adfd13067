"""What an out-of-hours worker can choose from, and what was placed out of hours."""

from dataclasses import dataclass, replace

from django.db.models import QuerySet

from placements.domain.lifecycle import State
from placements.domain.recommending import Offer
from placements.models import AcutePlacement, PlacementRequest
from placements.queries.matching import Matched, match_now, offer_of
from placements.queries.visible import visible_requests
from providers import queries as register_queries
from spink.accounts.domain.reach import Reach


@dataclass(frozen=True, slots=True)
class AcuteOffer:
    """The ordinary ladder with the units that take acute admissions alone.

    A unit that a stop, a permit, an agreement or anything else excludes is on no rung, at night
    as by day; `left_out` counts those that would fit but take nobody at night.
    """

    matched: Matched
    offer: Offer
    left_out: int


def acute_offer(request: PlacementRequest) -> AcuteOffer:
    matched = match_now(request)
    offer = offer_of(matched, request)
    fitting = [unit for units in offer.candidates.values() for unit in units]
    acute = register_queries.units_that_take_acute_admissions(fitting)
    candidates = {
        form: [unit for unit in units if unit in acute] for form, units in offer.candidates.items()
    }
    return AcuteOffer(
        matched, replace(offer, candidates=candidates), len(set(fitting)) - len(acute)
    )


def placed_out_of_hours(reach: Reach) -> QuerySet[PlacementRequest]:
    """Those that are still to be completed, the earliest first."""
    found = visible_requests(reach).filter(state=State.PLACED_ACUTE)
    related = ("person", "unit", "department", "created_by", "acute_placement")
    return found.select_related(*related).order_by("due_at", "id")


def acute_placement_of(request: PlacementRequest) -> AcutePlacement | None:
    found = AcutePlacement.objects.filter(request=request).select_related("registered_by")
    return found.first()
