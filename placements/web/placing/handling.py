"""Taking a request, giving it to a colleague, and asking the social worker for more."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from placements import actions
from placements.domain.lifecycle import Step, StepNotAllowed
from placements.models import PlacementRequest
from placements.web.placing.match.asking import question_about
from placements.web.placing.opening import about_request
from placements.web.placing.steps import conflict_page, sent, taken
from placements.web.shared.need_facts import need_facts
from placements.web.shared.versions import VersionedForm
from spink.accounts import queries as accounts
from spink.accounts.middleware import WallRequest


class ColleagueForm(VersionedForm):
    to = forms.TypedChoiceField(
        label=gettext_lazy("Colleague"),
        coerce=int,
        widget=forms.Select(attrs={"class": "short"}),
        error_messages={"required": gettext_lazy("Choose the colleague who gets the request")},
    )

    def __init__(self, placement: PlacementRequest, *args: object, **kwargs: object) -> None:
        super().__init__(*args, initial={"version": placement.version}, **kwargs)
        officers = accounts.officers_of(placement.placement_function_id or 0)
        others = [(one.pk, str(one)) for one in officers if one.pk != placement.assigned_to_id]
        self.fields["to"].choices = [("", _("Choose colleague")), *others]  # type: ignore[attr-defined]

    @property
    def colleague(self) -> str:
        chosen = self.cleaned_data["to"]
        choices = self.fields["to"].choices  # type: ignore[attr-defined]
        return next(str(label) for value, label in choices if value == chosen)


class HandOverForm(ColleagueForm):
    kept_text = "note"
    note = forms.CharField(
        label=gettext_lazy("Note to the colleague"),
        help_text=gettext_lazy("Internal: only the placement function sees it."),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=4000,
        required=False,
    )


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


@require_http_methods(["GET", "POST"])
@about_request
def assign(request: WallRequest, placement: PlacementRequest) -> HttpResponse:
    form = ColleagueForm(placement, sent(request))

    def act() -> None:
        actions.assign_request(
            request_id=placement.pk,
            to=form.cleaned_data["to"],
            by=request.user.actor,
            version=form.seen,
        )

    refused = taken(request, placement, form, Step.ASSIGN, "assign", act)
    return refused or _given_away(request, placement, form)


@require_http_methods(["GET", "POST"])
@about_request
def hand_over(request: WallRequest, placement: PlacementRequest) -> HttpResponse:
    form = HandOverForm(placement, sent(request))

    def act() -> None:
        actions.hand_over(
            request_id=placement.pk,
            to=form.cleaned_data["to"],
            note=form.cleaned_data["note"],
            by=request.user.actor,
            version=form.seen,
        )

    refused = taken(request, placement, form, Step.HAND_OVER, "hand_over", act)
    return refused or _given_away(request, placement, form)


def _given_away(
    request: WallRequest, placement: PlacementRequest, form: ColleagueForm
) -> HttpResponse:
    named = _named(placement) | {"colleague": form.colleague}
    messages.success(request, _("%(colleague)s has %(reference)s now.") % named)
    return redirect("placements:queue")


@require_http_methods(["GET", "POST"])
@about_request
def ask_information(request: WallRequest, placement: PlacementRequest) -> HttpResponse:
    about = request.GET.get("unit", "")
    question = question_about(placement, about) if about else ""
    initial = {"version": placement.version, "question": question}
    form = QuestionForm(sent(request), initial=initial)

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
        needs=need_facts(placement),
    )
    if refused:
        return refused
    messages.success(request, _("Your question about %(reference)s is sent.") % _named(placement))
    return redirect("placements:match", placement.reference)


def _named(placement: PlacementRequest) -> dict[str, str]:
    return {"reference": placement.reference}
