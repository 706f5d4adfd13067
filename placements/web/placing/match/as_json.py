"""The outcome as the match format has it, byte for byte what the command line prints."""

import json
from typing import Final, cast

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from placements import policies, queries
from placements.matching.outcome import Excluded
from placements.web.shared.opening import for_readers, read_or_404
from spink.accounts.middleware import WallRequest

LISTED: Final = ("near", "all", "none")


@require_safe
@for_readers
def match_json(request: WallRequest, reference: str) -> HttpResponse:
    """`?excluded=near|all|none` says which excluded units are listed."""
    placement = read_or_404(request, reference, with_people=False)
    policies.check_can_match(placement, request.reach)
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
