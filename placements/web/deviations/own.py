"""The deviations of one's own unit, or one's own: where they stand, and what was answered."""

from collections.abc import Sequence

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from placements import actions
from placements.domain.deviations import DeviationStep
from placements.models import ProcessDeviationEntry
from placements.queries import deviations as queries
from placements.web.deviations.rows import shown_entries, shown_rows
from spink.accounts.access_log import log_reading
from spink.accounts.domain.capabilities import Capability
from spink.accounts.middleware import WallRequest
from spink.accounts.web.opening import for_those_who
from spink.web.navigation import Crumb

ROWS_A_PAGE = 50

for_filers = for_those_who(Capability.FILE_DEVIATION)


@require_safe
@for_filers
def own_list(request: WallRequest) -> HttpResponse:
    found = queries.own_deviations(request.reach)
    page = Paginator(found, ROWS_A_PAGE).get_page(request.GET.get("page"))
    rows = shown_rows(page.object_list, reader_id=request.user.pk)
    context = {"page_of": page, "rows": rows, "has_unit": bool(request.reach.unit_ids)}
    return render(request, "placements/deviations/own_list.html", context)


@require_safe
@for_filers
def own_page(request: WallRequest, deviation_id: int) -> HttpResponse:
    found = queries.own_deviations(request.reach)
    deviation = queries.deviation_by_id(found, deviation_id)
    if deviation is None:
        raise Http404
    placement = queries.request_of_deviation(deviation, reach=request.reach)
    shown = [deviation.reference, *([placement.reference] if placement else [])]
    log_reading(request.reading, shown)
    actions.mark_deviation_looked_at(deviation, by=request.user.actor)
    row = shown_rows([deviation], reader_id=request.user.pk)[0]
    history = queries.entries_of_deviation(deviation, with_internal=False)
    context = {
        "deviation": deviation,
        "answer": _answer_among(history) if row.outcome else None,
        "placement": placement,
        "row": row,
        "entries": shown_entries(history),
        "trail": [Crumb(_("Deviations"), reverse("placements:own-deviations")), Crumb(row.title)],
    }
    return render(request, "placements/deviations/own.html", context)


def _answer_among(history: Sequence[ProcessDeviationEntry]) -> ProcessDeviationEntry | None:
    return next((one for one in history if one.step == DeviationStep.CLOSE), None)
