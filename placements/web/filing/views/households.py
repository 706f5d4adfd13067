"""A request that begins from another: a child's of the household, or one side by side."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from placements import actions, policies
from placements.domain.sections import Section
from placements.models import PlacementRequest
from placements.web.filing.views.draft import key_of
from placements.web.shared.opening import about_readable_request
from spink.accounts.middleware import WallRequest


@require_POST
@about_readable_request
def add_child(request: WallRequest, placement: PlacementRequest) -> HttpResponse:
    """What is common is there already; a double click is one draft."""
    policies.check_can_add_child(placement, request.reach)
    try:
        draft = actions.add_child(
            request_id=placement.pk, creation_key=key_of(request), by=request.user.actor
        )
    except actions.KeyTaken:
        raise Http404 from None
    return redirect("placements:section", draft.reference, Section.PERSON.value)


@require_POST
@about_readable_request
def begin_side_by_side(request: WallRequest, placement: PlacementRequest) -> HttpResponse:
    """Another request about the same person, with what is known but for the service."""
    policies.check_can_add_child(placement, request.reach)
    try:
        draft = actions.begin_side_by_side(
            request_id=placement.pk, creation_key=key_of(request), by=request.user.actor
        )
    except actions.KeyTaken:
        raise Http404 from None
    return redirect("placements:section", draft.reference, Section.SERVICE.value)
