"""The outcome as the match format has it, byte for byte what the command line prints."""

import json
from typing import Final, cast

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from placements import queries
from placements.matching.outcome import Excluded
from placements.models import PlacementRequest
from placements.web.placing.opening import about_request
from spink.accounts.middleware import WallRequest

LISTED: Final = ("near", "all", "none")


@require_safe
@about_request
def match_json(request: WallRequest, placement: PlacementRequest) -> HttpResponse:
    """`?excluded=near|all|none` says which excluded units are listed."""
    excluded = request.GET.get("excluded", LISTED[0])
    if excluded not in LISTED:
        return _problem()
    outcome = queries.match_now(placement).outcome
    body = outcome.to_json(cast(Excluded, excluded))
    return HttpResponse(body, content_type="application/json")


def _problem() -> HttpResponse:
    """RFC 9457, as every error of an API."""
    problem = {
        "type": "about:blank",
        "title": "Bad Request",
        "status": 400,
        "detail": f"excluded is one of {', '.join(LISTED)}",
    }
    return HttpResponse(json.dumps(problem), status=400, content_type="application/problem+json")
