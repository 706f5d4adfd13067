"""What every page of the placing side begins with: officers only, each within the own wall."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import HttpResponse

from placements import policies
from placements.models import PlacementRequest
from placements.web.shared.opening import RequestView, about_readable_request
from spink.accounts.domain.capabilities import Capability
from spink.accounts.middleware import WallRequest
from spink.accounts.web.opening import for_those_who

P = ParamSpec("P")


def for_officers(
    view: Callable[Concatenate[WallRequest, P], HttpResponse],
) -> Callable[..., HttpResponse]:
    return for_those_who(Capability.MATCH_REQUEST)(view)


def about_request(view: RequestView[P]) -> Callable[..., HttpResponse]:
    """The view gets the request itself: 404 outside the reader's wall, 403 on the other side."""

    @wraps(view)
    @about_readable_request
    def opened(
        request: WallRequest, placement: PlacementRequest, /, *args: P.args, **kwargs: P.kwargs
    ) -> HttpResponse:
        policies.check_can_match(placement, request.reach)
        return view(request, placement, *args, **kwargs)

    return opened
