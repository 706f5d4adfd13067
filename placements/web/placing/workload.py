"""The workload of every officer: what is open by what it waits for, and what is overdue."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from placements import queries
from placements.queries.workload import Load, OfficersLoad
from placements.web.placing.opening import for_officers
from spink.accounts.middleware import WallRequest
from spink.foundation import clock


@dataclass(frozen=True, slots=True)
class ShownLoad:
    name: str
    url: str
    has_left: bool
    load: Load


@require_safe
@for_officers
def workload(request: WallRequest) -> HttpResponse:
    now = clock.now()
    rows = [_shown(one) for one in queries.workload(request.reach, now=now)]
    return render(request, "placements/placing/workload.html", {"rows": rows, "shown_at": now})


def _shown(one: OfficersLoad) -> ShownLoad:
    if one.officer is None:
        return ShownLoad(_("Nobody yet"), "?view=unassigned", False, one.load)
    url = f"?view=all&officer={one.officer.pk}"
    return ShownLoad(str(one.officer), url, not one.is_officer_here, one.load)
