"""Setting and lifting stops, and the register's own settings."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from providers import actions
from providers.models import CareUnit, CorporateGroup, Provider, StopKind
from providers.queries import keeping, pages
from providers.web import words
from providers.web.keeping.flow import Page, kept
from providers.web.keeping.forms.stops import LiftForm, SettingForm, StopForm
from providers.web.keeping.opening import for_keepers, or_404
from providers.web.keeping.providers import group_trail, provider_trail
from providers.web.keeping.units import unit_trail
from providers.web.trail import Crumb
from spink.accounts.middleware import WallRequest

Target = CareUnit | Provider | CorporateGroup


@for_keepers
def stop_unit(request: WallRequest, code: str) -> HttpResponse:
    unit = or_404(pages.unit_by_code(code))
    title = _("Stop the unit")
    return _stopped(request, unit, title, unit_trail(unit, title))


@for_keepers
def stop_provider(request: WallRequest, provider_id: int) -> HttpResponse:
    provider = or_404(pages.provider_by_id(provider_id))
    title = _("Stop the provider")
    here = Crumb(provider.name, "providers:provider", (provider.pk,))
    return _stopped(request, provider, title, provider_trail(here, Crumb(title)))


@for_keepers
def stop_group(request: WallRequest, group_id: int) -> HttpResponse:
    group = or_404(keeping.group_by_id(group_id))
    title = _("Stop the group")
    here = Crumb(group.name, "providers:group", (group.pk,))
    return _stopped(request, group, title, group_trail(here, Crumb(title)))


def _stopped(
    request: WallRequest,
    on: Target,
    title: str,
    trail: list[Crumb],
) -> HttpResponse:
    page = Page(
        title=title,
        form=StopForm(request.POST or None),
        row_id=None,
        back=lambda _stop: _url_of(on),
        trail=trail,
        reference=on.code,
        submit=_("Set the stop"),
        is_danger=True,
        act=lambda form, by: actions.set_stop(
            on=on,
            kind=StopKind(form.cleaned_data["kind"]),
            reason_code=form.cleaned_data["reason_code"],
            valid_from=form.cleaned_data["valid_from"],
            valid_to=form.cleaned_data["valid_to"],
            by=by,
        ),
        cancel=_url_of(on),
        context={"about": on.name},
    )
    return kept(request, page)


def _url_of(on: Target) -> str:
    if isinstance(on, CareUnit):
        return reverse("providers:unit", args=[on.code])
    name = "provider" if isinstance(on, Provider) else "group"
    return reverse(f"providers:{name}", args=[on.pk])


@for_keepers
def lift_stop(request: WallRequest, stop_id: int) -> HttpResponse:
    stop = or_404(keeping.stop_by_id(stop_id))
    on: Target | None = stop.unit or stop.provider or stop.group
    if on is None:
        raise Http404
    title = _("Lift the stop")
    if stop.ended_at is not None:
        messages.info(request, _("The stop is lifted already."))
        return redirect(_url_of(on))
    page = Page(
        title=title,
        form=LiftForm(request.POST or None, stop=stop),
        row_id=stop.pk,
        back=_url_of(on),
        trail=[Crumb(_("Register"), "providers:units"), Crumb(on.name), Crumb(title)],
        reference=on.code,
        submit=title,
        intro=f"{words.stop_kind(stop)}, {words.period(stop.valid_from, stop.valid_to)}. "
        f"{words.stop_on(stop)}.",
        act=lambda _form, by: actions.end_stop(stop_id=stop.pk, by=by),
        context={"about": on.name},
    )
    return kept(request, page)


@for_keepers
def settings(request: WallRequest) -> HttpResponse:
    """How far ahead a full unit may still be a choice."""
    row = keeping.setting()
    is_new = row._state.adding
    title = _("Settings of the register")
    page = Page(
        title=title,
        form=SettingForm(request.POST or None, instance=row),
        row_id=None if is_new else row.pk,
        back=reverse("providers:units"),
        trail=[Crumb(_("Register"), "providers:units"), Crumb(title)],
    )
    return kept(request, page)
