"""What every page about a request begins with: log in, and find it within one's own wall."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_http_methods

from placements import queries
from placements.models import PlacementRequest
from spink.accounts.domain.capabilities import Capability
from spink.accounts.middleware import WallRequest
from spink.accounts.web.opening import for_those_who

P = ParamSpec("P")

RequestView = Callable[Concatenate[WallRequest, PlacementRequest, P], HttpResponse]

takes_forms = require_http_methods(["GET", "HEAD", "POST"])
"""A page that only reads says `require_safe` besides."""


def for_readers(
    view: Callable[Concatenate[WallRequest, P], HttpResponse],
) -> Callable[..., HttpResponse]:
    """For roles that read requests at all; which ones they see is the wall's matter."""
    readable = for_those_who(Capability.READ_REQUESTS)(view)
    return takes_forms(readable)


def about_readable_request(view: RequestView[P]) -> Callable[..., HttpResponse]:
    """The view gets the request itself; outside the reader's wall there is none (404)."""

    @wraps(view)
    @for_those_who(Capability.READ_REQUESTS)
    def opened(
        request: WallRequest, /, reference: str, *args: P.args, **kwargs: P.kwargs
    ) -> HttpResponse:
        return view(request, read_or_404(request, reference), *args, **kwargs)

    return takes_forms(opened)


def read_or_404(
    request: WallRequest, reference: str, *, with_people: bool = True
) -> PlacementRequest:
    try:
        return queries.read_request(
            reference, reach=request.reach, reading=request.reading, with_people=with_people
        )
    except PlacementRequest.DoesNotExist:
        raise Http404 from None
