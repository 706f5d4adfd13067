"""What is done with a vetting, each on a page of its own: begin, check, decide, end."""

from collections.abc import Callable
from typing import Any, NamedTuple

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from providers.actions.control import vettings as actions
from providers.actions.control.checking import Outdated
from providers.domain.control.checks import Check, UnknownForm
from providers.domain.control.vetting import WORKED_ON, VettingState, VettingStepNotAllowed
from providers.models import Vetting
from providers.queries import pages
from providers.queries.control import vettings as queries
from providers.web.control import vetting_forms as forms
from providers.web.control import vetting_words as words
from providers.web.control.check_step import check_form, check_page
from providers.web.control.stepping import Now, StepPage, step_page
from providers.web.control.vettings import found
from providers.web.trail import Crumb
from spink.accounts.domain.capabilities import Capability
from spink.accounts.middleware import WallRequest
from spink.accounts.web.opening import for_those_who
from spink.foundation import clock
from spink.foundation.actor import Actor
from spink.web import wording
from spink.web.navigation import Text

UNPROCESSABLE = 422
TOO_LATE = (Outdated, VettingStepNotAllowed, actions.NotReady)
Given = dict[str, Any]


@require_http_methods(["GET", "HEAD", "POST"])
@for_those_who(Capability.VET_PROVIDERS)
def begin(request: WallRequest, provider_id: int) -> HttpResponse:
    provider = pages.provider_by_id(provider_id)
    if provider is None:
        raise Http404
    form = forms.BeginForm(request.POST or None, provider_id=provider.pk)
    if form.is_bound and form.is_valid():
        try:
            vetting = _begun(provider.pk, form.cleaned_data, request.user.actor)
        except actions.IsVettedAlready:
            messages.info(request, _("The provider is vetted already, as this page tells."))
            return redirect(f"{reverse('providers:provider', args=[provider.pk])}#vettings")
        except UnknownForm:
            form.add_error(None, _("Give the provider's legal form first: the checks follow it."))
        else:
            messages.success(request, _("The vetting %(ref)s is begun.") % {"ref": vetting})
            return redirect("providers:vetting", vetting.pk)
    context = {
        "provider": provider,
        "form": form,
        "trail": [
            Crumb(_("Providers"), "providers:providers"),
            Crumb(provider.name, "providers:provider", (provider.pk,)),
            Crumb(_("Begin a vetting")),
        ],
    }
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "providers/control/begin_vetting.html", context, status=status)


def _begun(provider_id: int, given: Given, by: Actor) -> Vetting:
    if given["vets"] == "ink":
        evidence = given["evidence"]
        return actions.record_vetting_by_ink(provider_id=provider_id, evidence=evidence, by=by)
    return actions.begin_vetting(
        provider_id=provider_id, needs_permit=given["needs_permit"] == "yes", by=by
    )


@require_http_methods(["GET", "HEAD", "POST"])
@for_those_who(Capability.VET_PROVIDERS)
def check(request: WallRequest, vetting_id: int, check_code: str) -> HttpResponse:
    vetting = found(vetting_id)
    if check_code not in vetting.checks:
        raise Http404
    asked = Check(check_code)
    form = check_form(request, vetting.version, asked)
    page = StepPage(
        reference=vetting.reference,
        title=words.check_name(check_code),
        about=vetting.provider.name,
        form=form,
        submit=_("Keep the check"),
        back=reverse("providers:vetting", args=[vetting.pk]),
        trail=_trail(vetting, words.check_name(check_code)),
        alerts=[] if vetting.state in WORKED_ON else [_closed()],
    )
    return check_page(
        request,
        page,
        asked,
        keep=lambda: actions.record_check(
            vetting_id=vetting.pk,
            check=asked,
            answer=form.answer,
            by=request.user.actor,
            version=form.seen,
        ),
        too_late=TOO_LATE,
        now=lambda: _now(vetting.pk),
    )


class Decision(NamedTuple):
    title: Text
    submit: Text
    form: type[forms.DecisionForm]
    take: Callable[[Vetting, forms.DecisionForm, Given, Actor], str]
    intro: Text
    sources: frozenset[VettingState]
    is_danger: bool = False


@require_http_methods(["GET", "HEAD", "POST"])
@for_those_who(Capability.VET_PROVIDERS)
def decide(request: WallRequest, vetting_id: int, decision: str) -> HttpResponse:
    vetting, chosen = found(vetting_id), DECISIONS.get(decision)
    if chosen is None:
        raise Http404
    form = chosen.form(request.POST or None, initial={"version": vetting.version}, vetting=vetting)
    page = StepPage(
        reference=vetting.reference,
        title=str(chosen.title),
        about=vetting.provider.name,
        form=form,
        submit=str(chosen.submit),
        back=reverse("providers:vetting", args=[vetting.pk]),
        trail=_trail(vetting, str(chosen.title)),
        intro=str(chosen.intro),
        is_danger=chosen.is_danger,
        alerts=_alerts(vetting, chosen, decision),
    )
    return step_page(
        request,
        page,
        act=lambda given: chosen.take(vetting, form, given, request.user.actor),
        too_late=TOO_LATE,
        now=lambda: _now(vetting.pk),
    )


def _alerts(vetting: Vetting, chosen: Decision, name: str) -> list[str]:
    if VettingState(vetting.state) not in chosen.sources:
        return [_closed()]
    if name != "add":
        return []
    alerts = words.missing(queries.in_the_way(vetting, clock.today()))
    if not queries.units_of_provider(vetting.provider_id):
        alerts.append(_("The provider has no care unit yet. Add its units in the register first"))
    return [_("In the way: %(what)s.") % {"what": one} for one in alerts]


def _closed() -> str:
    return _("The vetting has gone on since: this cannot be done with it now.")


def _now(vetting_id: int) -> Now:
    vetting = found(vetting_id)
    return Now(vetting.version, words.shown_entries(queries.entries_of(vetting)[:1]))


def _trail(vetting: Vetting, title: str) -> list[Crumb]:
    return [
        Crumb(_("Vettings"), "providers:vettings"),
        Crumb(vetting.reference, "providers:vetting", (vetting.pk,)),
        Crumb(title),
    ]


def _add(vetting: Vetting, form: forms.DecisionForm, given: Given, by: Actor) -> str:
    actions.add_to_register(
        vetting_id=vetting.pk,
        unit_ids=given["units"],
        vetted_from=given["vetted_from"],
        text=given["text"],
        by=by,
        version=form.seen,
    )
    day = wording.day(given["vetted_from"])
    return _("The provider is in the register for direct award from %(day)s.") % {"day": day}


def _refuse(vetting: Vetting, form: forms.DecisionForm, given: Given, by: Actor) -> str:
    actions.refuse_vetting(
        vetting_id=vetting.pk,
        reason_codes=given["reasons"],
        text=given["text"],
        by=by,
        version=form.seen,
    )
    return _("The provider is not added to the register.")


def _cancel(vetting: Vetting, form: forms.DecisionForm, given: Given, by: Actor) -> str:
    actions.cancel_vetting(vetting_id=vetting.pk, text=given["text"], by=by, version=form.seen)
    return _("The vetting is broken off.")


def _end(vetting: Vetting, form: forms.DecisionForm, given: Given, by: Actor) -> str:
    actions.end_vetting(
        vetting_id=vetting.pk,
        last_day=given["last_day"],
        reason_codes=given["reasons"],
        text=given["text"],
        by=by,
        version=form.seen,
    )
    return _("The vetting is ended. The last day is %(day)s.") % {
        "day": wording.day(given["last_day"])
    }


_ONGOING = frozenset({VettingState.ONGOING})
DECISIONS = {
    "add": Decision(
        gettext_lazy("Add to the register"),
        gettext_lazy("Add to the register"),
        forms.AddForm,
        _add,
        gettext_lazy(
            "The units can be recommended by direct award from the day, and stay in the register "
            "until somebody ends it."
        ),
        _ONGOING,
    ),
    "refuse": Decision(
        gettext_lazy("Do not add"),
        gettext_lazy("Do not add the provider"),
        forms.RefuseForm,
        _refuse,
        gettext_lazy("The reasons are counted in the follow-up. A new vetting can be begun later."),
        _ONGOING,
    ),
    "cancel": Decision(
        gettext_lazy("Break off the vetting"),
        gettext_lazy("Break off the vetting"),
        forms.CancelForm,
        _cancel,
        gettext_lazy("For a vetting that was begun by mistake. It is not counted."),
        _ONGOING,
    ),
    "end": Decision(
        gettext_lazy("End the vetting"),
        gettext_lazy("End the vetting"),
        forms.EndForm,
        _end,
        gettext_lazy(
            "After the last day the units cannot be recommended by direct award. Placements that "
            "run are not touched, and a stop is something else."
        ),
        frozenset({VettingState.ADDED, VettingState.BY_INK}),
        is_danger=True,
    ),
}
