"""Requests side by side: the social worker begins or links them, the officer links them too."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from placements import actions, policies
from placements.models import PlacementRequest
from placements.web.shared.opening import about_readable_request, read_or_404
from spink.accounts.middleware import WallRequest


@require_POST
@about_readable_request
def link(request: WallRequest, placement: PlacementRequest) -> HttpResponse:
    policies.check_can_link(placement, request.reach)
    try:
        other = read_or_404(request, request.POST.get("other", ""))
        actions.link_side_by_side(request_id=placement.pk, other_id=other.pk, by=request.user.actor)
    except (Http404, actions.NotTheSamePerson):
        messages.warning(request, _("Only requests about the same person are linked."))
    else:
        named = {"one": placement.reference, "other": other.reference}
        messages.success(request, _("%(one)s and %(other)s now stand side by side.") % named)
    return redirect("placements:request", placement.reference)
