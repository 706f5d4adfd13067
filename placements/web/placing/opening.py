"""What every page of the placing side begins with: officers only, each within the own wall."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse

from placements import policies
from placements.models import PlacementRequest
from placements.web.shared.opening import RequestView, about_readable_request
from spink.accounts.domain.capabilities import Capability
from spink.accounts.middleware import WallRequest
from spink.accounts.policies import check_can

P = ParamSpec("P")


def for_officers(
    view: Callable[Concatenate[WallRequest, P], HttpResponse],
) -> Callable[..., HttpResponse]:
    """Whoever is not logged in logs in; other roles than placement officers are told so (403)."""

    @wraps(view)
    @login_required
    def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        walled = cast(WallRequest, request)
        check_can(walled.reach, Capability.MATCH_REQUEST)
        return view(walled, *args, **kwargs)

    return guarded


def about_request(view: RequestView[P]) -> Callable[..., HttpResponse]:
    """The view gets the request itself: 404 outside the reader's wall, 403 on the other side."""

    def opened(
        request: WallRequest, placement: PlacementRequest, /, *args: P.args, **kwargs: P.kwargs
    ) -> HttpResponse:
        policies.check_can_match(placement, request.reach)
        return view(request, placement, *args, **kwargs)

    return wraps(view)(about_readable_request(opened))
