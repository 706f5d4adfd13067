"""Forms that take a step on a request: what they share, and what happens to one too late."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from placements.actions import Outdated
from placements.domain.lifecycle import State, Step, StepNotAllowed, state_after
from placements.models import PlacementRequest
from placements.web.shared.conflicts import CONFLICT, TooLate, conflict_of
from placements.web.shared.head import head_of
from spink.accounts.middleware import WallRequest
from spink.web.versions import VersionedForm

UNPROCESSABLE = 422


def sent(request: WallRequest) -> Any:
    """What a form is made from: the data of a POST, or nothing."""
    return request.POST if request.method == "POST" else None


def taken(
    request: WallRequest,
    placement: PlacementRequest,
    form: VersionedForm,
    step: Step,
    template: str,
    act: Callable[[], object],
    **context: Any,
) -> HttpResponse | None:
    """Take the step as the form says. None: it is taken; else the page that says why not."""
    try:
        state_after(step, State(placement.state))
        if not form.is_valid():
            return step_page(request, placement, form, template, **context)
        act()
    except (StepNotAllowed, Outdated) as error:
        return too_late(request, placement, form, error, template, **context)
    return None


def step_page(
    request: WallRequest,
    placement: PlacementRequest,
    form: VersionedForm,
    template: str,
    **context: Any,
) -> HttpResponse:
    """The page of a step's form; one that is filled in wrongly is answered with 422."""
    status = UNPROCESSABLE if form.is_bound and form.errors else 200
    head = head_of(
        placement, current=context.pop("current", ""), asked=context.pop("asked_count", None)
    )
    page = {"head": head, "form": form, "placement": placement}
    return render(request, f"placements/placing/{template}.html", page | context, status=status)


def too_late(
    request: WallRequest,
    placement: PlacementRequest,
    form: VersionedForm,
    error: TooLate,
    template: str,
    **context: Any,
) -> HttpResponse:
    """409: the form again with what was typed, or the typed text alone if nothing can be sent."""
    if isinstance(error, StepNotAllowed):
        return conflict_page(request, placement, error, typed=form.typed)
    conflict = conflict_of(error, placement, request, seen=form.seen)
    form.renew(placement.version)
    response = step_page(request, placement, form, template, conflict=conflict, **context)
    response.status_code = CONFLICT
    return response


def conflict_page(
    request: WallRequest, placement: PlacementRequest, error: TooLate, *, typed: str = ""
) -> HttpResponse:
    """For steps without a form of their own, and where the step cannot be taken any more."""
    conflict = conflict_of(error, placement, request, seen=None)
    page = {"head": head_of(placement, current=""), "conflict": conflict, "typed": typed}
    return render(request, "placements/placing/conflict.html", page, status=CONFLICT)
