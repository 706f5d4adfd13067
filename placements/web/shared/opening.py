"""What every page about a request begins with: log in, and find it within one's own wall."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from placements import queries
from placements.models import PlacementRequest
from spink.accounts.domain.capabilities import Capability
from spink.accounts.middleware import WallRequest
from spink.accounts.policies import check_can

P = ParamSpec("P")

RequestView = Callable[Concatenate[WallRequest, PlacementRequest, P], HttpResponse]


def for_readers(
    view: Callable[Concatenate[WallRequest, P], HttpResponse],
) -> Callable[..., HttpResponse]:
    """For roles that read requests at all; which ones they see is the wall's matter."""

    @wraps(view)
    @require_http_methods(["GET", "HEAD", "POST"])
    @login_required
    def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        walled = cast(WallRequest, request)
        check_can(walled.reach, Capability.READ_REQUESTS)
        return view(walled, *args, **kwargs)

    return guarded


def about_readable_request(
    view: RequestView[P],
) -> Callable[..., HttpResponse]:
    """The view gets the request itself; outside the reader's wall there is none (404)."""

    @wraps(view)
    @require_http_methods(["GET", "HEAD", "POST"])
    @login_required
    def opened(
        request: HttpRequest, reference: str, *args: P.args, **kwargs: P.kwargs
    ) -> HttpResponse:
        walled = cast(WallRequest, request)
        check_can(walled.reach, Capability.READ_REQUESTS)
        return view(walled, read_or_404(walled, reference), *args, **kwargs)

    return opened


def read_or_404(
    request: WallRequest, reference: str, *, with_people: bool = True
) -> PlacementRequest:
    try:
        return queries.read_request(
            reference, reach=request.reach, reading=request.reading, with_people=with_people
        )
    except PlacementRequest.DoesNotExist:
        raise Http404 from None
