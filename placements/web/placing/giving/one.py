"""One request to a colleague, and the note that the colleague finds on it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from placements import actions
from placements.domain.lifecycle import Step
from placements.domain.standard_texts import Purpose
from placements.models import PlacementRequest
from placements.web.placing.giving.forms import ColleagueForm
from placements.web.placing.opening import about_request
from placements.web.placing.steps import sent, step_page, taken
from placements.web.shared.standard_texts import is_asked_for, texts_in, with_text
from spink.accounts.middleware import WallRequest


@require_http_methods(["GET", "POST"])
@about_request
def assign(request: WallRequest, placement: PlacementRequest) -> HttpResponse:
    return _given(request, placement, Step.ASSIGN)


@require_http_methods(["GET", "POST"])
@about_request
def hand_over(request: WallRequest, placement: PlacementRequest) -> HttpResponse:
    return _given(request, placement, Step.HAND_OVER)


def _given(request: WallRequest, placement: PlacementRequest, step: Step) -> HttpResponse:
    form = ColleagueForm(placement, request.reach, sent(request))
    context = texts_in(placement, Purpose.HAND_OVER)
    if is_asked_for(request):
        typed = with_text(request, placement, Purpose.HAND_OVER, field="note")
        form = ColleagueForm(placement, request.reach)
        form.initial = typed.dict()
        return step_page(request, placement, form, step.value, **context)
    act = actions.assign_request if step is Step.ASSIGN else actions.hand_over

    def give() -> None:
        act(
            request_id=placement.pk,
            to=form.cleaned_data["to"],
            note=form.cleaned_data["note"],
            by=request.user.actor,
            version=form.seen,
        )

    refused = taken(request, placement, form, step, step.value, give, **context)
    if refused:
        return refused
    named = {"reference": placement.reference, "colleague": form.colleague}
    messages.success(request, _("%(colleague)s has %(reference)s now.") % named)
    return redirect("placements:queue")


@require_POST
@about_request
def read_notes(request: WallRequest, placement: PlacementRequest) -> HttpResponse:
    """The receiver has read what the colleague wrote."""
    actions.read_hand_over_notes(request_id=placement.pk, by=request.user.actor)
    return redirect("placements:match", placement.reference)
