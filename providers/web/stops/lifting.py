"""Lifting a stop: with a reason, and where INK decided it, with INK's decision that it is over."""

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from providers import actions
from providers.domain.stopping import InksDecision
from providers.models import Stop
from providers.queries import keeping
from providers.queries.stops import Target
from providers.web import words
from providers.web.keeping.forms.base import day_field
from providers.web.keeping.opening import for_keepers, or_404
from providers.web.stops.setting import url_of
from providers.web.trail import Crumb
from spink.accounts.middleware import WallRequest
from spink.foundation import clock
from spink.web.forms import Form

MOST_SAID = 300
UNPROCESSABLE = 422


class LiftForm(Form):
    why = forms.CharField(
        label=gettext_lazy("Why the stop is lifted"),
        help_text=gettext_lazy("Stands in the trail. Write nothing of persons."),
        max_length=MOST_SAID,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    decision_reference = forms.CharField(
        label=gettext_lazy("Reference of INK's decision"),
        help_text=gettext_lazy("The one by which INK lifts its stop."),
        max_length=100,
        widget=forms.TextInput(attrs={"class": "short"}),
    )
    decided_on = day_field(gettext_lazy("INK decided on"))

    def __init__(self, data: Any, *, stop: Stop) -> None:
        super().__init__(data)
        self.fields["decided_on"].required = True
        if not stop.decision_reference:
            del self.fields["decision_reference"], self.fields["decided_on"]

    def clean_decided_on(self) -> date:
        day: date = self.cleaned_data["decided_on"]
        if day > clock.today():
            raise forms.ValidationError(_("That day is to come"))
        return day

    @property
    def decision(self) -> InksDecision | None:
        if "decided_on" not in self.fields:
            return None
        given = self.cleaned_data
        return InksDecision(given["decision_reference"], given["decided_on"])


@for_keepers
def lift_stop(request: WallRequest, stop_id: int) -> HttpResponse:
    stop = or_404(keeping.stop_by_id(stop_id))
    on: Target | None = stop.unit or stop.provider or stop.group
    if on is None:
        raise Http404
    if stop.ended_at is not None:
        messages.info(request, _("The stop is lifted already."))
        return redirect(url_of(on))
    form = LiftForm(request.POST if request.method == "POST" else None, stop=stop)
    if form.is_valid():
        why, decision = form.cleaned_data["why"], form.decision
        actions.end_stop(stop_id=stop.pk, by=request.user.actor, why=why, decision=decision)
        messages.success(request, _("The stop is lifted. Those whom it touched are told."))
        return redirect(url_of(on))
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "providers/stops/lift.html", _context(stop, on, form), status=status)


def _context(stop: Stop, on: Target, form: LiftForm) -> dict[str, Any]:
    return {
        "on": on,
        "form": form,
        "stop": f"{words.stop_kind(stop)}, {words.period(stop.valid_from, stop.valid_to)}. "
        f"{words.stop_on(stop)}.",
        "back": url_of(on),
        "trail": [
            Crumb(_("Register"), "providers:units"),
            Crumb(_("Stops"), "providers:stops"),
            Crumb(_("Lift the stop")),
        ],
        "consequences": [
            _("The units are matched again at once, if nothing else keeps them away."),
            _("The banner is taken away from the requests that the stop touched."),
            _("Those whose recommendation it withdrew are told. Nothing is recommended by itself."),
        ],
    }
