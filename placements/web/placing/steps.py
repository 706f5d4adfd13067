"""Forms that take a step on a request: what they share, and what happens to one too late."""

from collections.abc import Callable
from typing import Any, cast

from django import forms
from django.http import HttpResponse, QueryDict
from django.shortcuts import render

from placements.actions import Outdated
from placements.domain.lifecycle import State, Step, StepNotAllowed, state_after
from placements.models import PlacementRequest
from placements.web.placing.conflicts import CONFLICT, TooLate, conflict_of, conflict_page
from placements.web.shared.head import head_of
from spink.accounts.middleware import WallRequest
from spink.web.forms import Form

UNPROCESSABLE = 422


class StepForm(Form):
    """Carries the version that its page was made from, so that a later change is noticed."""

    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    kept_text: str = ""
    """The field whose text is shown again where the step cannot be taken any more."""

    @property
    def seen(self) -> int | None:
        version: int | None = getattr(self, "cleaned_data", {}).get("version")
        return version

    def renew(self, version: int) -> None:
        """What was typed, from now on against this version."""
        data = cast(QueryDict, self.data).copy()
        data[self.add_prefix("version")] = str(version)
        self.data = data


def sent(request: WallRequest) -> Any:
    """What a form is made from: the data of a POST, or nothing."""
    return request.POST if request.method == "POST" else None


def taken(
    request: WallRequest,
    placement: PlacementRequest,
    form: StepForm,
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
    form: StepForm,
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
    form: StepForm,
    error: TooLate,
    template: str,
    **context: Any,
) -> HttpResponse:
    """409: the form again with what was typed, or the typed text alone if nothing can be sent."""
    if isinstance(error, StepNotAllowed):
        typed = form.data.get(form.kept_text, "")
        return conflict_page(request, placement, error, typed=typed)
    conflict = conflict_of(error, placement, request, seen=form.seen)
    form.renew(placement.version)
    response = step_page(request, placement, form, template, conflict=conflict, **context)
    response.status_code = CONFLICT
    return response
