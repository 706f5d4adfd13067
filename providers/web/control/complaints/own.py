"""The complaints of one's own unit: where they stand, and what was answered."""

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from providers.actions.control import complaints as actions
from providers.queries.control import complaints as queries
from providers.web.control.complaints.rows import shown_entries, shown_rows
from providers.web.trail import Crumb
from spink.accounts.access_log import log_reading
from spink.accounts.domain.capabilities import Capability
from spink.accounts.middleware import WallRequest
from spink.accounts.web.opening import for_those_who

ROWS_A_PAGE = 50

for_followers = for_those_who(Capability.FOLLOW_COMPLAINTS)


@require_safe
@for_followers
def own_list(request: WallRequest) -> HttpResponse:
    found = queries.own_complaints(request.reach)
    page = Paginator(found, ROWS_A_PAGE).get_page(request.GET.get("page"))
    rows = shown_rows(page.object_list, reader_id=request.user.pk)
    context = {"page_of": page, "rows": rows}
    return render(request, "providers/control/complaints/own_list.html", context)


@require_safe
@for_followers
def own_page(request: WallRequest, complaint_id: int) -> HttpResponse:
    found = queries.own_complaints(request.reach)
    complaint = queries.complaint_by_id(found, complaint_id)
    if complaint is None:
        raise Http404
    log_reading(request.reading, [complaint.reference])
    actions.mark_looked_at(complaint, by=request.user.actor)
    row = shown_rows([complaint])[0]
    context = {
        "complaint": complaint,
        "row": row,
        "entries": shown_entries(queries.entries_of(complaint, with_internal=False)),
        "trail": [Crumb(_("Our complaints"), "providers:own-complaints"), Crumb(row.title)],
    }
    return render(request, "providers/control/complaints/own.html", context)
