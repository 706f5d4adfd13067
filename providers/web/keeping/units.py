"""Making, changing and ending care units, part by part."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from providers import actions
from providers.models import CareUnit, CareUnitAddress, DirectAwardVetting, Permit
from providers.queries import keeping, pages
from providers.web.keeping.flow import Page, kept
from providers.web.keeping.forms import unit as forms
from providers.web.keeping.forms.services import ServicesForm
from providers.web.keeping.opening import for_keepers, for_keepers_steps, or_404
from providers.web.keeping.plans import shown_plans
from providers.web.keeping.sections import TITLES
from providers.web.trail import Crumb
from spink.accounts.middleware import WallRequest
from spink.foundation import clock
from spink.foundation.actor import Actor
from spink.web import wording

_ROWS: dict[str, Callable[[Any, CareUnit], Any]] = {
    "about": lambda data, unit: forms.AboutForm(data, instance=unit),
    "services": lambda data, unit: ServicesForm(data, unit=unit),
    "target": lambda data, unit: forms.TargetForm(data, instance=unit),
    "places": lambda data, unit: forms.PlacesForm(data, instance=unit),
    "location": lambda data, unit: forms.LocationForm(data, instance=unit),
    "address": lambda data, unit: _part(forms.AddressForm, CareUnitAddress, data, unit),
    "contact": lambda data, unit: forms.ContactForm(data, instance=unit),
    "permit": lambda data, unit: _part(forms.PermitForm, Permit, data, unit),
    "rate": lambda data, unit: forms.RateForm(data, instance=unit),
    "direct-award": lambda data, unit: _part(forms.DirectAwardForm, DirectAwardVetting, data, unit),
    "end": lambda data, unit: forms.EndUnitForm(data, instance=unit),
}


def _part(form: Any, model: Any, data: Any, unit: CareUnit) -> Any:
    """The form of the part that the unit has one of, or none yet."""
    row = model.objects.filter(unit=unit).first() or model(unit=unit)
    return form(data, instance=row, owner=unit)


@for_keepers
def new_unit(request: WallRequest, provider_id: int) -> HttpResponse:
    provider = or_404(pages.provider_by_id(provider_id))
    title = _("New care unit")
    page = Page(
        title=title,
        form=forms.NewUnitForm(request.POST or None),
        row_id=None,
        back=_unit_url,
        trail=[
            Crumb(_("Register"), "providers:units"),
            Crumb(provider.name, "providers:provider", (provider.pk,)),
            Crumb(title),
        ],
        intro=_("The unit is a choice for nobody until it has services and stands on a rung."),
        cancel=reverse("providers:provider", args=[provider.pk]),
        always={"provider_id": provider.pk},
    )
    return kept(request, page)


@for_keepers
def change_unit(request: WallRequest, code: str, section: str) -> HttpResponse:
    unit = or_404(pages.unit_by_code(code))
    if section not in _ROWS or (section == "address" and keeping.is_protected(unit)):
        raise Http404
    title = str(TITLES[section])
    page = Page(
        title=title,
        form=_ROWS[section](request.POST or None, unit),
        row_id=unit.pk,
        back=_unit_url(unit),
        trail=unit_trail(unit, title),
        reference=unit.code,
        template=_TEMPLATES.get(section, "providers/keeping/form.html"),
        touches=_ending(unit) if section == "end" else [],
        is_danger=section == "end",
        always=_checked_now(request.user.actor) if section == "permit" else {},
        context={
            "about": unit.name,
            "plans": shown_plans(keeping.waiting_changes(unit.pk), can_cancel=False),
        },
    )
    return kept(request, page)


_TEMPLATES = {"services": "providers/keeping/services.html"}


def _checked_now(by: Actor) -> dict[str, Any]:
    """Whoever writes a permit down has seen its evidence."""
    return {"checked_at": clock.now(), "checked_by": by.label}


def unit_trail(unit: CareUnit, title: str) -> list[Crumb]:
    return [
        Crumb(_("Register"), "providers:units"),
        Crumb(unit.name, "providers:unit", (unit.code,)),
        Crumb(title),
    ]


def _unit_url(unit: CareUnit) -> str:
    return reverse("providers:unit", args=[unit.code])


def _ending(unit: CareUnit) -> list[str]:
    """What the unit's end touches, beside the open requests."""
    today = clock.today()
    found = [
        _("It stays in the agreement %(name)s, and is no choice there after its last day.")
        % {"name": agreed.lot.agreement}
        for agreed in unit.agreements.all()
        if agreed.lot.agreement.valid_to is None or agreed.lot.agreement.valid_to >= today
    ]
    if unit.places_total is not None and unit.places_occupied:
        found.append(
            _("%(count)d places were occupied when they were last counted.")
            % {"count": unit.places_occupied}
        )
    waiting = len(keeping.waiting_changes(unit.pk))
    if waiting:
        found.append(_("%(count)d planned changes of the unit remain.") % {"count": waiting})
    return found


@for_keepers_steps
def cancel_plan(request: WallRequest, plan_id: int) -> HttpResponse:
    plan = or_404(keeping.planned(plan_id))
    cancelled = actions.cancel_planned(plan_id=plan.pk, by=request.user.actor)
    if cancelled.state == "cancelled":
        day = wording.day(plan.day)
        messages.success(
            request, _("The change that was planned for %(day)s is cancelled.") % {"day": day}
        )
    else:
        messages.warning(request, _("The change has been carried out already."))
    return redirect(_unit_url(plan.unit) if plan.unit else reverse("providers:register"))
