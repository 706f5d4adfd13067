"""The plan of visits, one visit, and the steps that are taken with it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from providers.actions.control import visits as actions
from providers.domain.control.visits import (
    StepNotAllowed,
    VisitOutcome,
    VisitState,
    VisitStep,
    steps_from,
)
from providers.models import SiteVisit
from providers.models.control.choices import VisitForm
from providers.queries import pages
from providers.queries.control import visits as queries
from providers.queries.history import unit_history
from providers.web.control.tabs import control_tabs
from providers.web.control.visits import forms
from providers.web.control.visits.filters import VisitFilter
from providers.web.control.visits.shown import earlier_entries, shown_row
from providers.web.trail import Crumb
from spink.accounts import queries as accounts
from spink.accounts.domain.capabilities import Capability
from spink.accounts.domain.reach import Reach
from spink.accounts.middleware import WallRequest
from spink.accounts.models import PlacementTeam
from spink.accounts.policies import NotAllowed, can
from spink.accounts.web.opening import for_those_who
from spink.foundation import clock
from spink.web.filtering import chosen_filters
from spink.web.navigation import Text

ROWS_A_PAGE = 50
CONFLICT, UNPROCESSABLE = 409, 422


def teams_to_plan_for(reach: Reach) -> list[PlacementTeam]:
    """An officer's own function's teams; quality and control plan with all of them."""
    if reach.placement_function_ids:
        return accounts.teams_of_functions(reach.placement_function_ids)
    return accounts.all_teams()


def _year(request: WallRequest) -> int:
    asked = request.GET.get("year", "")
    is_year = asked.isascii() and asked.isdecimal() and len(asked) == 4
    return int(asked) if is_year and asked >= "2000" else clock.today().year


@require_safe
@for_those_who(Capability.READ_VISITS)
def plan(request: WallRequest) -> HttpResponse:
    year = _year(request)
    filterset = VisitFilter(
        request.GET,
        queries.visits_of_year(year),
        teams=[(str(one.pk), str(one)) for one in accounts.all_teams()],
    )
    page = Paginator(filterset.qs, ROWS_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "tabs": control_tabs("visits", request.reach),
        "years": [
            {"label": str(one), "url": f"?year={one}", "current": one == year, "count": ""}
            for one in (year - 1, year, year + 1)
        ],
        "year": year,
        "teams": queries.plan_of_teams(year),
        "filter": filterset,
        "chosen": chosen_filters(filterset),
        "clear_url": f"?year={year}",
        "can_plan": can(request.reach, Capability.PLAN_VISITS),
        "page_of": page,
        "rows": [shown_row(one) for one in page.object_list],
    }
    return render(request, "providers/control/visits/plan.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_those_who(Capability.PLAN_VISITS)
def new_visit(request: WallRequest, code: str) -> HttpResponse:
    care_unit = pages.unit_by_code(code)
    if care_unit is None:
        raise Http404
    teams = teams_to_plan_for(request.reach)
    own = accounts.teams_of(request.user)
    initial = {"team": own[0].pk} if own else {}
    form = forms.PlanForm(request.POST or None, teams=teams, initial=initial)
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        visit = actions.plan_visit(
            care_unit=care_unit,
            team={one.pk: one for one in teams}[said["team"]],
            planned_on=said["planned_on"],
            mode=VisitForm(said["mode"]),
            is_joint=said["is_joint"],
            by=request.user.actor,
        )
        messages.success(request, _("The visit is planned."))
        return redirect("providers:visit", visit.pk)
    context = {
        "care_unit": care_unit,
        "form": form,
        "trail": [
            Crumb(_("Register"), "providers:units"),
            Crumb(care_unit.name, "providers:unit", (care_unit.code,)),
            Crumb(_("Plan a visit")),
        ],
    }
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "providers/control/visits/new.html", context, status=status)


@dataclass(frozen=True, slots=True)
class Taken:
    title: Text
    button: Text
    done: Text
    form: type[forms.StepForm]
    act: Callable[..., SiteVisit]
    given: Callable[[Any], Mapping[str, Any]]


def _change(form: forms.ChangeForm) -> dict[str, Any]:
    said = form.cleaned_data
    return {name: said[name] for name in ("planned_on", "mode", "is_joint")}


def _make(form: forms.MakeForm) -> dict[str, Any]:
    said = form.cleaned_data
    return {name: said[name] for name in ("made_on", "mode", "is_joint", "notes")} | {
        "answers": form.answers(),
        "outcome": VisitOutcome(said["outcome"]),
    }


def _complete(form: forms.CompleteForm) -> dict[str, Any]:
    said = form.cleaned_data
    return {
        "notes": said["notes"],
        "outcome": VisitOutcome(said["outcome"]),
        "register_number": said["register_number"],
    }


SAVED_BY_A_KEEPER = gettext_lazy(
    "The visit is saved. Correct the care unit in the register where it is wrong, and then say "
    "here which change it was."
)
TAKEN: dict[VisitStep, Taken] = {
    VisitStep.MAKE: Taken(
        gettext_lazy("Write down the visit"),
        gettext_lazy("Save the visit"),
        gettext_lazy("The visit is saved. Tell quality and control what the register lacks."),
        forms.MakeForm,
        actions.make_visit,
        _make,
    ),
    VisitStep.COMPLETE: Taken(
        gettext_lazy("Complete the visit"),
        gettext_lazy("Save"),
        gettext_lazy("The visit is completed."),
        forms.CompleteForm,
        actions.complete_visit,
        _complete,
    ),
    VisitStep.CHANGE: Taken(
        gettext_lazy("Change the plan"),
        gettext_lazy("Save"),
        gettext_lazy("The plan is changed."),
        forms.ChangeForm,
        actions.change_visit,
        _change,
    ),
    VisitStep.CANCEL: Taken(
        gettext_lazy("Cancel the visit"),
        pgettext_lazy("a planned visit", "Cancel the visit"),
        gettext_lazy("The visit is cancelled."),
        forms.CancelForm,
        actions.cancel_visit,
        lambda form: {"because": form.cleaned_data["because"]},
    ),
}


@require_safe
@for_those_who(Capability.READ_VISITS)
def visit_page(request: WallRequest, visit_id: int) -> HttpResponse:
    return _page(request, _found(visit_id))


@require_POST
@for_those_who(Capability.PLAN_VISITS)
def take_step(request: WallRequest, visit_id: int, visit_step: str) -> HttpResponse:
    if visit_step not in TAKEN:
        raise Http404
    step, visit = VisitStep(visit_step), _found(visit_id)
    if not _may_act(visit, request.reach):
        raise NotAllowed(_("Only officers of the team's own function and quality do this."))
    taken = TAKEN[step]
    form = taken.form(request.POST, visit=visit, **_asked(visit, step))
    if not form.is_valid():
        return _page(request, visit, (step, form), status=UNPROCESSABLE)
    try:
        taken.act(visit_id=visit.pk, by=request.user.actor, version=form.seen, **taken.given(form))
    except (actions.Outdated, StepNotAllowed):
        current = _found(visit.pk)
        form.renew(current.version)
        return _page(request, current, (step, form), status=CONFLICT)
    keeps = step is VisitStep.MAKE and can(request.reach, Capability.KEEP_REGISTER)
    messages.success(request, str(SAVED_BY_A_KEEPER if keeps else taken.done))
    return redirect("providers:visit", visit.pk)


def _may_act(visit: SiteVisit, reach: Reach) -> bool:
    if not can(reach, Capability.PLAN_VISITS):
        return False
    is_own = visit.team.function_id in reach.placement_function_ids
    return is_own or can(reach, Capability.KEEP_REGISTER)


def _asked(visit: SiteVisit, step: VisitStep) -> dict[str, Any]:
    if step is VisitStep.MAKE:
        return {"questions": queries.questions_for(visit.care_unit, clock.today())}
    if step is VisitStep.COMPLETE:
        return {"editions": unit_history(visit.care_unit_id)}
    return {}


def _found(visit_id: int) -> SiteVisit:
    visit = queries.visit_by_id(visit_id)
    if visit is None:
        raise Http404
    return visit


@dataclass(frozen=True, slots=True)
class ShownStep:
    name: str
    title: Text
    button: Text
    form: forms.StepForm
    is_next: bool


def _page(
    request: WallRequest,
    visit: SiteVisit,
    sent: tuple[VisitStep, forms.StepForm] | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    row = shown_row(visit)
    context = {
        "visit": visit,
        "row": row,
        "answers": [(question, answer) for question, answer in visit.answers if answer],
        "earlier": earlier_entries(visit),
        "steps": _steps(visit, sent) if _may_act(visit, request.reach) else [],
        "sent_form": sent[1] if sent and status == UNPROCESSABLE else None,
        "is_late": status == CONFLICT,
        "typed": sent[1].data.get("notes", "") if sent and status == CONFLICT else "",
        "trail": [Crumb(_("Visits"), "providers:visits"), Crumb(row.care_unit)],
    }
    return render(request, "providers/control/visits/visit.html", context, status=status)


def _steps(visit: SiteVisit, sent: tuple[VisitStep, forms.StepForm] | None) -> list[ShownStep]:
    allowed = steps_from(VisitState(visit.state))
    offered = [step for step in TAKEN if step in allowed]
    return [
        ShownStep(
            step.value,
            TAKEN[step].title,
            TAKEN[step].button,
            sent[1] if sent and sent[0] is step else _blank(visit, step),
            is_next=position == 0 or bool(sent and sent[0] is step),
        )
        for position, step in enumerate(offered)
    ]


def _blank(visit: SiteVisit, step: VisitStep) -> forms.StepForm:
    return TAKEN[step].form(
        visit=visit,
        initial={"version": visit.version},
        auto_id=f"{step.value}_%s",
        **_asked(visit, step),
    )
