from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from placements import policies
from placements.domain.lifecycle import Step
from placements.models import PlacementRequest
from placements.web.placing.match.compared import columns_of, rows_of
from placements.web.placing.match.reading import match_of
from placements.web.placing.opening import about_request
from placements.web.shared.head import head_of
from spink.accounts.middleware import WallRequest
from spink.foundation import clock

FEWEST, MOST = 2, 4


@require_safe
@about_request
def compare(request: WallRequest, placement: PlacementRequest) -> HttpResponse:
    """Two to four units side by side (`?unit=…`), matched against the register as it is now."""
    codes = list(dict.fromkeys(request.GET.getlist("unit")))
    reading = match_of(placement)
    columns, _facts = columns_of(placement, reading, codes[:MOST])
    context = {
        "head": head_of(
            placement,
            current="match",
            service=reading.names.service,
            asked=len(reading.inquiries),
        ),
        "codes": codes,
        "columns": columns,
        "rows": rows_of(placement, columns, reading.names.needs) if columns else [],
        "is_enough": len(columns) >= FEWEST,
        "left_out": len(codes) - MOST if len(codes) > MOST else 0,
        "most": MOST,
        "can_ask": policies.can_take_step(Step.ASK_PROVIDER, placement, request.reach),
        "can_recommend": policies.can_take_step(Step.RECOMMEND, placement, request.reach),
        "register_number": reading.matched.register_number,
        "shown_at": clock.now(),
    }
    return render(request, "placements/placing/compare.html", context)
