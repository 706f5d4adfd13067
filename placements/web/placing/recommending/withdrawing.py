"""Taking back a recommendation that should not be chosen."""

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from placements import actions, queries
from placements.domain.lifecycle import Step
from placements.models import PlacementRequest, Recommendation
from placements.web.placing.opening import about_request
from placements.web.placing.steps import sent, step_page, taken
from spink.accounts.middleware import WallRequest
from spink.catalogue import queries as catalogue
from spink.catalogue.models import ReasonKind
from spink.foundation import clock
from spink.web import wording
from spink.web.forms import offer
from spink.web.versions import VersionedForm

TEMPLATE = "withdraw_recommendation"


class WithdrawRecommendationForm(VersionedForm):
    kept_text = "text"
    reason = forms.ChoiceField(
        label=gettext_lazy("Why is it withdrawn?"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose why it is withdrawn")},
    )
    text = forms.CharField(
        label=gettext_lazy("Note"),
        help_text=gettext_lazy("The social worker reads it. Nothing about the person."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )


@require_http_methods(["GET", "POST"])
@about_request
def withdraw(request: WallRequest, placement: PlacementRequest, number: int) -> HttpResponse:
    """The social worker is told at once, and can choose it no more."""
    kept = _standing(placement, number)
    form = WithdrawRecommendationForm(sent(request), initial={"version": placement.version})
    known = catalogue.reasons(ReasonKind.RECOMMENDATION_WITHDRAWN, clock.today())
    offer(form, "reason", [(reason.code, reason.name) for reason in known])

    def act() -> None:
        actions.withdraw_recommendation(
            request_id=placement.pk,
            number=number,
            reason=form.cleaned_data["reason"],
            text=form.cleaned_data["text"],
            by=request.user.actor,
            version=form.seen,
        )

    named = wording.listed([unit.unit_name for unit in kept.units.all()])
    context = {"units": named, "number": number}
    if request.method != "POST":
        return step_page(request, placement, form, TEMPLATE, **context)
    refused = taken(
        request, placement, form, Step.WITHDRAW_RECOMMENDATION, TEMPLATE, act, **context
    )
    if refused:
        return refused
    messages.success(request, _("The recommendation of %(units)s is withdrawn.") % {"units": named})
    return redirect("placements:match", placement.reference)


def _standing(placement: PlacementRequest, number: int) -> Recommendation:
    for one in queries.recommendations_of(placement):
        if one.number == number and one.withdrawn_at is None:
            return one
    raise Http404
