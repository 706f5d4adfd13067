"""The social worker answers a proposal of another service."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from placements import actions, policies, queries
from placements.domain.lifecycle import State, Step, StepNotAllowed
from placements.models import PlacementRequest
from placements.web.filing import forms
from placements.web.filing.views.draft import version_of
from placements.web.filing.views.sent import take_step
from placements.web.shared.conflicts import CONFLICT, TooLate, conflict_of
from placements.web.shared.opening import about_readable_request
from placements.web.shared.proposals import proposal_of
from spink.accounts.middleware import WallRequest


@require_POST
@about_readable_request
def accept(request: WallRequest, placement: PlacementRequest) -> HttpResponse:
    """The request ends, and the draft that goes on with it is opened; so by a second click too."""
    policies.check_can_act_for_filer(placement, request.reach)
    told: dict[str, Any] = {
        "request_id": placement.pk,
        "by": request.user.actor,
        "version": version_of(request),
    }
    try:
        if "whole_household" in request.POST:
            draft = actions.answer_for_household(Step.ACCEPT_SERVICE, **told)
        else:
            draft = actions.accept_service(**told)
    except (StepNotAllowed, actions.Outdated) as error:
        return _too_late(request, placement, error)
    messages.success(
        request,
        _("The proposal is accepted. %(reference)s goes on here: fill in what is missing and send.")
        % {"reference": placement.reference},
    )
    return redirect("placements:edit", draft.reference)


def _too_late(request: WallRequest, placement: PlacementRequest, error: TooLate) -> HttpResponse:
    conflict = conflict_of(error, placement, request, seen=version_of(request))
    after = queries.continued(placement, request.reach).after
    if placement.state == State.OTHER_SERVICE and after:
        name = "edit" if after[-1].state == State.DRAFT else "request"
        return redirect(f"placements:{name}", after[-1].reference)
    context = {"placement": placement, "conflict": conflict}
    return render(request, "placements/filing/conflict.html", context, status=CONFLICT)


@about_readable_request
def decline(request: WallRequest, placement: PlacementRequest) -> HttpResponse:
    """Say no, and why: the officer goes on with the service that was asked for."""
    policies.check_can_act_for_filer(placement, request.reach)
    shown = proposal_of(placement, request.reach)
    form = forms.DeclineForm(
        request.POST or None,
        has_household=shown is not None and shown.has_household,
        initial={"version": placement.version},
    )

    def take() -> None:
        for_all = form.cleaned_data.get("whole_household", False)
        told: dict[str, Any] = {
            "request_id": placement.pk,
            "reason": form.cleaned_data["reason"],
            "by": request.user.actor,
            "version": form.cleaned_data["version"],
        }
        if for_all:
            actions.answer_for_household(Step.DECLINE_SERVICE, **told)
        else:
            actions.decline_service(**told)

    said = _("The proposal is declined, and the officer is told why.")
    context = {"proposal": shown}
    return take_step(
        request, placement, form, Step.DECLINE_SERVICE, take, said=said, context=context
    )
