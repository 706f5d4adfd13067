"""What the filing side's pages begin with: the request, and the right to take the step."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from placements import policies
from placements.domain.lifecycle import Side
from placements.models import PlacementRequest
from spink.accounts.middleware import WallRequest
from spink.accounts.policies import NotAllowed


def check_is_filing(placement: PlacementRequest, request: WallRequest) -> None:
    if Side.FILING not in policies.sides_of(request.reach, placement):
        raise NotAllowed(_("Only the unit's own social workers do this."))


def to_request(placement: PlacementRequest) -> HttpResponse:
    return redirect("placements:request", placement.reference)
