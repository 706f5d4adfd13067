"""What the filing side does once the request is sent: answers, withdraws, reports back."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from placements import actions, policies, queries
from placements.actions.reporting import standing_units
from placements.domain.lifecycle import NoProposal, State, Step, StepNotAllowed, state_after
from placements.models import PlacementRequest
from placements.web.filing import forms, sections
from placements.web.shared.conflicts import CONFLICT, conflict_of
from placements.web.shared.opening import about_readable_request
from placements.web.shared.stops import stop_text
from spink.accounts.middleware import WallRequest
from spink.web.versions import VersionedForm

UNPROCESSABLE = 422


@about_readable_request
def answer(request: WallRequest, placement: PlacementRequest) -> HttpResponse:
    """Answer the officer's question; the request goes back to be matched."""
    policies.check_can_act_for_filer(placement, request.reach)
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
    return take_step(
        request, placement, form, Step.ANSWER_INFORMATION, take, said=said, context=context
    )


@about_readable_request
def withdraw(request: WallRequest, placement: PlacementRequest) -> HttpResponse:
    """Take the request back, or throw a draft away."""
    policies.check_can_act_for_filer(placement, request.reach)
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
    return take_step(request, placement, form, Step.WITHDRAW, take, said=said, context=context)


@about_readable_request
def report(request: WallRequest, placement: PlacementRequest) -> HttpResponse:
    """Report back which unit was chosen. `?unit=` marks one, so that two clicks are enough."""
    policies.check_can_act_for_filer(placement, request.reach)
    recommended = standing_units(placement)
    form = forms.ReportForm(
        request.POST or None,
        recommended=recommended,
        has_household=len(queries.living_together(placement)) > 1,
        stop_of=lambda unit: stop_text(placement, unit, recommended),
        initial={"version": placement.version, "choice": _marked(request, recommended)},
    )

    def take() -> None:
        for_all = form.cleaned_data.get("whole_household", False)
        report = actions.report_for_household if for_all else actions.report_outcome
        report(
            request_id=placement.pk,
            unit_code=form.cleaned_data["unit_code"],
            reason=form.cleaned_data["reason"],
            text=form.cleaned_data["text"],
            asks_new_match=form.asks_new_match,
            despite_stop=form.cleaned_data["despite_stop"],
            by=request.user.actor,
            version=form.cleaned_data["version"],
        )

    said = _("Thank you. Your report is saved.")
    return take_step(request, placement, form, Step.REPORT_CHOSEN, take, said=said, context={})


def _marked(request: WallRequest, recommended: dict[str, Any]) -> str:
    wanted = request.GET.get("unit", "")
    if wanted in recommended:
        return f"unit:{wanted}"
    return wanted if wanted == forms.report.NONE else ""


TEMPLATES = {
    Step.ANSWER_INFORMATION: "answer",
    Step.DECLINE_SERVICE: "decline_service",
    Step.WITHDRAW: "withdraw",
    Step.REPORT_CHOSEN: "report",
}


def take_step(
    request: WallRequest,
    placement: PlacementRequest,
    form: VersionedForm,
    step: Step,
    take: Callable[[], object],
    *,
    said: str,
    context: dict[str, Any],
) -> HttpResponse:
    """Show the form, or take the step and go to the request; a change in between is told of."""
    context |= {"placement": placement, "title": sections.title_of(placement), "form": form}
    status = 200
    try:
        state_after(step, State(placement.state))
        _check_is_asked(step, placement)
        if request.method == "POST" and form.is_valid():
            take()
            messages.success(request, said)
            return _after(placement, step)
        if request.method == "POST":
            status = UNPROCESSABLE
    except StepNotAllowed as error:
        return _not_allowed(request, placement, form, error)
    except actions.Outdated as error:
        context["conflict"] = conflict_of(error, placement, request, seen=form.seen)
        form.renew(placement.version)
        status = CONFLICT
    return render(request, f"placements/filing/{TEMPLATES[step]}.html", context, status=status)


def _check_is_asked(step: Step, placement: PlacementRequest) -> None:
    if step is Step.DECLINE_SERVICE and placement.service_proposed_at is None:
        raise NoProposal(step, State(placement.state))


def _after(placement: PlacementRequest, step: Step) -> HttpResponse:
    if step is Step.WITHDRAW and placement.submitted_at is None:
        return redirect("placements:my-requests")
    return redirect("placements:request", placement.reference)


def _not_allowed(
    request: WallRequest, placement: PlacementRequest, form: VersionedForm, error: StepNotAllowed
) -> HttpResponse:
    """What was typed is shown to copy from; one who typed nothing sees the request as it is."""
    if form.typed:
        conflict = conflict_of(error, placement, request, seen=None)
        context = {"placement": placement, "conflict": conflict, "typed": form.typed}
        return render(request, "placements/filing/conflict.html", context, status=CONFLICT)
    placement.refresh_from_db()
    if isinstance(error, NoProposal):
        messages.warning(request, _("The proposal has been answered or withdrawn."))
        return redirect("placements:request", placement.reference)
    text = _("This can no longer be done: the request is now in the state “%(state)s”.")
    messages.warning(request, text % {"state": placement.get_state_display()})
    return redirect("placements:request", placement.reference)
