"""Somebody files a remark on the own handling: from a request, or from the menu."""

from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from placements import actions, policies
from placements.models import PlacementRequest
from placements.web.deviations.forms import FilingForm
from placements.web.shared.opening import about_readable_request
from spink.accounts import queries as accounts
from spink.accounts.domain.capabilities import Capability
from spink.accounts.middleware import WallRequest
from spink.accounts.policies import can
from spink.accounts.web.opening import for_those_who
from spink.web.navigation import Crumb

UNPROCESSABLE = 422


@require_http_methods(["GET", "HEAD", "POST"])
@for_those_who(Capability.FILE_DEVIATION)
def file(request: WallRequest) -> HttpResponse:
    return _filing(request, None)


@about_readable_request
def file_about_request(request: WallRequest, placement: PlacementRequest) -> HttpResponse:
    policies.check_can_remark(placement, request.reach)
    return _filing(request, placement)


def _filing(request: WallRequest, placement: PlacementRequest | None) -> HttpResponse:
    own = request.reach.unit_ids
    unit_ids = {placement.unit_id} & own if placement else own
    units = accounts.units_with_departments(unit_ids or own)
    teams = {} if placement else {one.pk: one for one in accounts.teams_met_by(request.reach)}
    form = FilingForm(
        request.POST or None, teams=list(teams.values()), units=units, initial={"key": uuid4()}
    )
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        chosen = said.get("unit")
        deviation = actions.file_deviation(
            key=said["key"],
            category=said["category"],
            text=said["text"],
            unit=next((one for one in units if chosen in (None, one.pk)), None),
            team=placement.team if placement else teams.get(said.get("team") or 0),
            request=placement,
            by=request.user.actor,
        )
        messages.success(request, _("The deviation is filed. Here you see where it stands."))
        return redirect("placements:own-deviation", deviation.pk)
    context = {
        "form": form,
        "placement": placement,
        "can_complain": _can_complain(request, placement),
        "back_url": _page_of(placement),
        "trail": _trail(placement),
    }
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "placements/deviations/file.html", context, status=status)


def _can_complain(request: WallRequest, placement: PlacementRequest | None) -> bool:
    if placement is not None:
        return policies.can_complain(placement, request.reach)
    return can(request.reach, Capability.FILE_COMPLAINT)


def _page_of(placement: PlacementRequest | None) -> str:
    if placement is not None:
        return reverse("placements:request", args=[placement.reference])
    return reverse("placements:own-deviations")


def _trail(placement: PlacementRequest | None) -> list[Crumb]:
    here = Crumb(_("File a deviation"))
    if placement is not None:
        return [Crumb(placement.reference, _page_of(placement)), here]
    return [Crumb(_("Deviations"), _page_of(None)), here]
