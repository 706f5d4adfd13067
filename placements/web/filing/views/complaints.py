"""A complaint about a provider, filed from the request that it is about."""

from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from placements import actions, policies, queries
from placements.models import PlacementRequest
from placements.web.filing.forms.complaint import ComplaintForm
from placements.web.shared.opening import about_readable_request
from providers.queries.offers import named_units
from providers.queries.pages import unit_by_code
from spink.accounts.domain.capabilities import Capability
from spink.accounts.middleware import WallRequest
from spink.accounts.web.opening import for_those_who

UNPROCESSABLE = 422


@about_readable_request
def complain(request: WallRequest, placement: PlacementRequest) -> HttpResponse:
    policies.check_can_complain(placement, request.reach)
    units = named_units(queries.units_met(placement))
    form = ComplaintForm(request.POST or None, units=units, initial={"key": uuid4()})
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        care_unit = unit_by_code(said["care_unit"])
        if care_unit is None:
            raise Http404
        complaint = actions.file_complaint_about_request(
            request=placement,
            reach=request.reach,
            key=said["key"],
            care_unit=care_unit,
            category=said["category"],
            text=said["text"],
            by=request.user.actor,
        )
        messages.success(request, _("The complaint is filed. Here you see where it stands."))
        return redirect("providers:own-complaint", complaint.pk)
    context = {"placement": placement, "form": form, "has_units": bool(units)}
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "placements/filing/complain.html", context, status=status)


@require_safe
@for_those_who(Capability.FOLLOW_COMPLAINTS)
def request_of_complaint(request: WallRequest, complaint_id: int) -> HttpResponse:
    """On to the request that a complaint is about; there the reading is logged."""
    placement = queries.request_of_complaint(complaint_id, reach=request.reach)
    if placement is None:
        raise Http404
    return redirect("placements:request", placement.reference)
