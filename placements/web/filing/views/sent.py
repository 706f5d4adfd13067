"""What the filing side does once the request is sent: answers, withdraws, reports back."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from placements import actions, queries
from placements.actions.reporting import standing_units
from placements.domain.lifecycle import State, Step, StepNotAllowed
from placements.models import PlacementRequest
from placements.web.filing import forms, sections
from placements.web.filing.forms.answers import VersionedForm
from placements.web.filing.opening import check_is_filing, is_too_late, to_request
from placements.web.shared.opening import about_readable_request
from spink.accounts.middleware import WallRequest

UNPROCESSABLE = 422
CONFLICT = 409


@about_readable_request
def answer(request: WallRequest, placement: PlacementRequest) -> HttpResponse:
    """Answer the officer's question; the request goes back to be matched."""
    check_is_filing(placement, request)
    if is_too_late(Step.ANSWER_INFORMATION, placement):
        return _nothing_to_do(request, placement)
    form = forms.AnswerForm(request.POST or None, initial={"version": placement.version})

    def take() -> None:
        actions.answer_information(
            request_id=placement.pk,
            answer=form.cleaned_data["answer"],
            by=request.user.actor,
            version=form.cleaned_data["version"],
        )

    context = {"question": queries.open_question(placement)}
    said = _("Your answer is sent.")
    return _step(request, placement, form, take, "answer", said=said, context=context)


@about_readable_request
def withdraw(request: WallRequest, placement: PlacementRequest) -> HttpResponse:
    """Take the request back, or throw a draft away."""
    check_is_filing(placement, request)
    if is_too_late(Step.WITHDRAW, placement):
        return _nothing_to_do(request, placement)
    form = forms.WithdrawForm(request.POST or None, initial={"version": placement.version})

    def take() -> None:
        actions.withdraw_request(
            request_id=placement.pk,
            reason=form.cleaned_data["reason"],
            text=form.cleaned_data["text"],
            by=request.user.actor,
            version=form.cleaned_data["version"],
        )

    context = {"is_draft": placement.state == State.DRAFT}
    said = _("The request is withdrawn.")
    return _step(request, placement, form, take, "withdraw", said=said, context=context)


@about_readable_request
def report(request: WallRequest, placement: PlacementRequest) -> HttpResponse:
    """Report back which unit was chosen. `?unit=` marks one, so that two clicks are enough."""
    check_is_filing(placement, request)
    if is_too_late(Step.REPORT_CHOSEN, placement):
        return _nothing_to_do(request, placement)
    recommended = standing_units(placement)
    form = forms.ReportForm(
        request.POST or None,
        recommended=recommended,
        initial={"version": placement.version, "choice": _marked(request, recommended)},
    )

    def take() -> None:
        actions.report_outcome(
            request_id=placement.pk,
            unit_code=form.cleaned_data["unit_code"],
            reason=form.cleaned_data["reason"],
            text=form.cleaned_data["text"],
            asks_new_match=form.asks_new_match,
            by=request.user.actor,
            version=form.cleaned_data["version"],
        )

    said = _("Thank you. Your report is saved.")
    return _step(request, placement, form, take, "report", said=said, context={})


def _marked(request: WallRequest, recommended: dict[str, Any]) -> str:
    wanted = request.GET.get("unit", "")
    if wanted in recommended:
        return f"unit:{wanted}"
    return wanted if wanted == forms.report.NONE else ""


def _step(
    request: WallRequest,
    placement: PlacementRequest,
    form: VersionedForm,
    take: Callable[[], object],
    name: str,
    *,
    said: str,
    context: dict[str, Any],
) -> HttpResponse:
    """Show the form, or take the step and go to the request; a change in between is told of."""
    status = 200
    if request.method == "POST":
        status = UNPROCESSABLE
        if form.is_valid():
            try:
                take()
            except actions.Outdated as outdated:
                form.add_error(None, _changed())
                form.take_version(outdated.current.version)
                status = CONFLICT
            except StepNotAllowed:
                return _nothing_to_do(request, placement)
            else:
                messages.success(request, said)
                return _after(placement, name)
    shared = {"placement": placement, "title": sections.title_of(placement), "form": form}
    return render(request, f"placements/filing/{name}.html", shared | context, status=status)


def _after(placement: PlacementRequest, name: str) -> HttpResponse:
    if name == "withdraw" and placement.submitted_at is None:
        return redirect("placements:my-requests")
    return to_request(placement)


def _changed() -> str:
    return _(
        "The request has changed since you opened this page, so nothing is saved yet. What you "
        "typed is still here: read the timeline, and send again if it still holds."
    )


def _nothing_to_do(request: WallRequest, placement: PlacementRequest) -> HttpResponse:
    placement.refresh_from_db()
    text = _("This can no longer be done: the request is now in the state “%(state)s”.")
    messages.warning(request, text % {"state": placement.get_state_display()})
    return to_request(placement)
