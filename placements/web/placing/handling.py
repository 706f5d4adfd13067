"""Taking a request, the one pointed at or the next, and asking the social worker for more."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from placements import actions, queries
from placements.domain.lifecycle import Step, StepNotAllowed
from placements.domain.standard_texts import Purpose
from placements.models import PlacementRequest
from placements.web.placing.match.asking import question_about
from placements.web.placing.opening import about_request, for_officers
from placements.web.placing.steps import conflict_page, sent, step_page, taken
from placements.web.shared.need_facts import need_facts
from placements.web.shared.standard_texts import is_asked_for, texts_in, with_text
from spink.accounts import queries as accounts
from spink.accounts.middleware import WallRequest
from spink.web.versions import VersionedForm


class QuestionForm(VersionedForm):
    kept_text = "question"
    question = forms.CharField(
        label=gettext_lazy("What do you need to know?"),
        help_text=gettext_lazy("The social worker is told by mail, and answers here."),
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=4000,
        error_messages={"required": gettext_lazy("Write what you need to know")},
    )


@require_POST
@about_request
def take(request: WallRequest, placement: PlacementRequest) -> HttpResponse:
    try:
        actions.take_request(request_id=placement.pk, by=request.user.actor)
    except StepNotAllowed as error:
        return conflict_page(request, placement, error)
    messages.success(request, _("%(reference)s is yours now.") % _named(placement))
    return redirect("placements:match", placement.reference)


@require_POST
@for_officers
def take_next(request: WallRequest) -> HttpResponse:
    """The most urgent request of the officer's own teams that nobody has."""
    teams = [team.pk for team in accounts.teams_of(request.user)]
    placement = actions.take_next(team_ids=teams, by=request.user.actor)
    if placement is None:
        messages.info(request, _("Nothing waits for an officer in your team."))
        return redirect("placements:queue")
    messages.success(request, _("%(reference)s is yours now.") % _named(placement))
    return redirect("placements:match", placement.reference)


@require_http_methods(["GET", "POST"])
@about_request
def ask_information(request: WallRequest, placement: PlacementRequest) -> HttpResponse:
    about = request.GET.get("unit", "")
    question = question_about(placement, about) if about else ""
    initial = {"version": placement.version, "question": question}
    form = QuestionForm(sent(request), initial=initial)
    context = {
        "needs": need_facts(queries.as_one(placement)),
        **texts_in(placement, Purpose.ASK_INFORMATION),
    }
    if is_asked_for(request):
        typed = with_text(request, placement, Purpose.ASK_INFORMATION, field="question")
        form = QuestionForm(None, initial=typed.dict())
        return step_page(request, placement, form, "ask_information", **context)

    def act() -> None:
        actions.ask_information(
            request_id=placement.pk,
            question=form.cleaned_data["question"],
            by=request.user.actor,
            version=form.seen,
        )

    refused = taken(
        request,
        placement,
        form,
        Step.ASK_INFORMATION,
        "ask_information",
        act,
        **context,
    )
    if refused:
        return refused
    messages.success(request, _("Your question about %(reference)s is sent.") % _named(placement))
    return redirect("placements:match", placement.reference)


def _named(placement: PlacementRequest) -> dict[str, str]:
    return {"reference": placement.reference}
