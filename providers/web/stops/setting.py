"""Setting a stop: what is known, then what it would touch, and then it is decided.

All three are the same address. What was typed travels along in the page itself.
"""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from providers import actions
from providers.domain.stopping import StopRefused
from providers.models import CareUnit, Provider, Review, StopKind
from providers.queries import keeping, pages
from providers.queries.stops import Target, register_of, rungs_under, units_under
from providers.stop_previews import Asked, StopEffects, stop_teller
from providers.web import words
from providers.web.keeping.opening import for_keepers, or_404
from providers.web.keeping.providers import group_trail, provider_trail
from providers.web.keeping.units import unit_trail
from providers.web.stops.following import OWN, followed
from providers.web.stops.forms import StopForm
from providers.web.stops.known import known_of
from providers.web.stops.own import if_stopped_url
from providers.web.stops.touching import Shown, shown
from providers.web.trail import Crumb
from spink.accounts.middleware import WallRequest
from spink.catalogue import queries as catalogue
from spink.catalogue.models import ReasonKind
from spink.foundation import audit, clock

UNPROCESSABLE = 422
SAVE, EDIT = "save", "edit"
UNITS_NAMED = 20


@for_keepers
def stop_unit(request: WallRequest, code: str) -> HttpResponse:
    unit = or_404(pages.unit_by_code(code))
    return _stopped(request, unit, unit_trail(unit, _("Stop")))


@for_keepers
def stop_provider(request: WallRequest, provider_id: int) -> HttpResponse:
    provider = or_404(pages.provider_by_id(provider_id))
    here = Crumb(provider.name, "providers:provider", (provider.pk,))
    return _stopped(request, provider, provider_trail(here, Crumb(_("Stop"))))


@for_keepers
def stop_group(request: WallRequest, group_id: int) -> HttpResponse:
    group = or_404(keeping.group_by_id(group_id))
    here = Crumb(group.name, "providers:group", (group.pk,))
    return _stopped(request, group, group_trail(here, Crumb(_("Stop"))))


def _stopped(request: WallRequest, on: Target, trail: list[Crumb]) -> HttpResponse:
    rungs = rungs_under(on, clock.today())
    review = followed(request, on)
    form = StopForm(
        request.POST or None,
        rungs=rungs,
        reach=request.reach,
        proposed={"kind": request.GET.get("kind", "")} | ({"reason_code": OWN} if review else {}),
    )
    back = reverse("providers:review", args=[review.pk]) if review else url_of(on)
    context: dict[str, Any] = {
        "on": on,
        "trail": trail,
        "form": form,
        "back": back,
        "page_of": url_of(on),
        "review": review,
    }
    step = request.POST.get("step")
    is_sent = request.method == "POST" and step != EDIT
    if is_sent and step == SAVE and form.is_valid() and _is_set(request, on, form, review):
        return redirect(back)
    context |= {"known": known_of(on, rungs, request.reach)}
    if is_sent and form.is_valid():
        return _reviewed(request, on, form, context)
    status = UNPROCESSABLE if is_sent else 200
    return render(request, "providers/stops/set.html", context, status=status)


def _is_set(request: WallRequest, on: Target, form: StopForm, review: Review | None) -> bool:
    cleaned = form.cleaned_data
    try:
        actions.set_stop(
            on=on,
            kind=StopKind(cleaned["kind"]),
            reason_code=cleaned["reason_code"],
            valid_from=cleaned["valid_from"],
            valid_to=cleaned["valid_to"],
            decision=form.decision,
            review_id=review.pk if review else None,
            reference=cleaned["reference"],
            by=request.user.actor,
        )
    except StopRefused:
        form.add_error("kind", _("The agreements have changed meanwhile: choose again."))
        return False
    messages.success(request, _("The stop is set. Everybody concerned is told."))
    return True


def _reviewed(
    request: WallRequest, on: Target, form: StopForm, context: dict[str, Any]
) -> HttpResponse:
    cleaned = form.cleaned_data
    reasons = catalogue.names([cleaned["reason_code"]], of=ReasonKind.STOP)
    context |= {
        "kind": StopKind(cleaned["kind"]).label,
        "period": words.period(cleaned["valid_from"] or clock.today(), cleaned["valid_to"]),
        "reason": reasons[cleaned["reason_code"]],
        "decision": form.decision,
        "shown_at": clock.now(),
        "touched": _touched(request, on, cleaned),
        "question_url": _question_url(request, on, cleaned),
        "typed": [
            (name, value)
            for name in request.POST
            if name not in ("csrfmiddlewaretoken", "step")
            for value in request.POST.getlist(name)
        ],
    }
    return render(request, "providers/stops/review.html", context)


def _question_url(request: WallRequest, on: Target, cleaned: dict[str, Any]) -> str:
    """Where those who have requests see what it would do to them; of why it says nothing."""
    given = {name: cleaned[name] for name in ("kind", "valid_from", "valid_to") if cleaned[name]}
    return request.build_absolute_uri(if_stopped_url(on, given))


def _touched(request: WallRequest, on: Target, cleaned: dict[str, Any]) -> Shown | None:
    """None where nobody is there to tell. Counts of others' requests are in the trail."""
    teller = stop_teller()
    if teller is None:
        return None
    units = register_of(units_under(on))
    asked = Asked(
        cleaned["kind"], cleaned["valid_from"] or clock.today(), cleaned["valid_to"], units
    )
    effects: StopEffects = teller.effects(asked, request.reach, request.reading)
    if effects.least:
        audit.record(
            action="stop_previewed",
            by=request.user.actor,
            subject="register_preview",
            subject_id="stop",
            details={
                "kind": asked.kind,
                "on": on.code,
                "units": list(units.ids)[:UNITS_NAMED],
            },
        )
    return shown(effects, teller)


def url_of(on: Target) -> str:
    if isinstance(on, CareUnit):
        return reverse("providers:unit", args=[on.code])
    name = "provider" if isinstance(on, Provider) else "group"
    return reverse(f"providers:{name}", args=[on.pk])
