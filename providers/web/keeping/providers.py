"""Making, changing and ending providers, and their groups."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from providers import actions, policies
from providers.models import CareUnit, CorporateGroup, Provider
from providers.queries import keeping, pages
from providers.queries.history import row_history
from providers.telling import history_rows
from providers.web import unit_page as shown
from providers.web.filters import GroupFilter
from providers.web.keeping.flow import Page, kept
from providers.web.keeping.forms import providers as forms
from providers.web.keeping.opening import for_keepers, or_404
from providers.web.opening import for_register_readers
from providers.web.trail import Crumb, register_tabs
from providers.web.units import ROWS_A_PAGE
from spink.accounts.domain.capabilities import Capability
from spink.accounts.middleware import WallRequest
from spink.accounts.policies import can
from spink.foundation import clock
from spink.web.filtering import chosen_filters


def _provider_url(provider: Provider) -> str:
    return reverse("providers:provider", args=[provider.pk])


def _group_url(group: CorporateGroup) -> str:
    return reverse("providers:group", args=[group.pk])


def provider_trail(*more: Crumb) -> list[Crumb]:
    return [
        Crumb(_("Register"), "providers:units"),
        Crumb(_("Providers"), "providers:providers"),
        *more,
    ]


def group_trail(*more: Crumb) -> list[Crumb]:
    return [
        Crumb(_("Register"), "providers:units"),
        Crumb(_("Groups"), "providers:groups"),
        *more,
    ]


@for_keepers
def new_provider(request: WallRequest) -> HttpResponse:
    title = _("New provider")
    page = Page(
        title=title,
        form=forms.NewProviderForm(request.POST or None),
        row_id=None,
        back=_provider_url,
        cancel=reverse("providers:providers"),
        trail=provider_trail(Crumb(title)),
        intro=_(
            "Add its units on its page afterwards, and begin the vetting there. It is not "
            "recommended for direct award until it has been vetted and approved."
        ),
    )
    return kept(request, page)


@for_keepers
def change_provider(request: WallRequest, provider_id: int) -> HttpResponse:
    provider = or_404(pages.provider_by_id(provider_id))
    title = _("Change the provider")
    page = Page(
        title=title,
        form=forms.ProviderForm(request.POST or None, instance=provider),
        row_id=provider.pk,
        back=_provider_url(provider),
        trail=_at(provider, title),
        reference=provider.code,
        context={"about": provider.name},
    )
    return kept(request, page)


@for_keepers
def end_provider(request: WallRequest, provider_id: int) -> HttpResponse:
    provider = or_404(pages.provider_by_id(provider_id))
    title = _("End the provider")
    units = keeping.running_units(provider, clock.today())
    page = Page(
        title=title,
        form=forms.EndProviderForm(request.POST or None, provider=provider, units=units),
        row_id=provider.pk,
        back=_provider_url(provider),
        trail=_at(provider, title),
        reference=provider.code,
        touches=_ended_with(units),
        is_danger=True,
        intro="" if units else _("The provider has no unit that is open: there is nothing to end."),
        act=lambda form, by: actions.end_provider(
            provider_id=provider.pk,
            unit_ids=[unit.pk for unit in units],
            last_day=form.cleaned_data["open_to"],
            seen=form.seen_change,
            by=by,
        ),
        context={"about": provider.name},
    )
    return kept(request, page)


UNITS_NAMED = 10


def _ended_with(units: list[CareUnit]) -> list[str]:
    named = [_("%(unit)s gets its last day.") % {"unit": one.name} for one in units[:UNITS_NAMED]]
    if len(units) > UNITS_NAMED:
        named.append(_("So do %(count)d more units.") % {"count": len(units) - UNITS_NAMED})
    return named


def _at(provider: Provider, title: str) -> list[Crumb]:
    return provider_trail(Crumb(provider.name, "providers:provider", (provider.pk,)), Crumb(title))


@for_register_readers
def group_list(request: WallRequest) -> HttpResponse:
    filterset = GroupFilter(request.GET, keeping.groups())
    can_keep = policies.can_keep_register(request.reach)
    context = {
        "tabs": register_tabs("groups", request.reach),
        "filter": filterset,
        "chosen": chosen_filters(filterset),
        "page_of": Paginator(filterset.qs, ROWS_A_PAGE).get_page(request.GET.get("page")),
        "can_keep": can_keep,
    }
    return render(request, "providers/groups.html", context)


@for_register_readers
def group_page(request: WallRequest, group_id: int) -> HttpResponse:
    group = or_404(keeping.group_by_id(group_id))
    sees_why = policies.can_see_why_stopped(request.reach)
    found = pages.counted_providers().filter(group=group)
    context = {
        "group": group,
        "stops": shown.shown_stops(pages.stops_of_group(group, clock.today()), sees_why=sees_why),
        "page_of": Paginator(found, ROWS_A_PAGE).get_page(request.GET.get("page")),
        "history": history_rows(row_history(group), sees_why=sees_why),
        "can_keep": policies.can_keep_register(request.reach),
        "can_match": can(request.reach, Capability.MATCH_REQUEST),
        "trail": group_trail(Crumb(group.name)),
    }
    return render(request, "providers/group.html", context)


@for_keepers
def new_group(request: WallRequest) -> HttpResponse:
    title = _("New group")
    page = Page(
        title=title,
        form=forms.NewGroupForm(request.POST or None),
        row_id=None,
        back=_group_url,
        cancel=reverse("providers:groups"),
        trail=group_trail(Crumb(title)),
    )
    return kept(request, page)


@for_keepers
def change_group(request: WallRequest, group_id: int) -> HttpResponse:
    group = or_404(keeping.group_by_id(group_id))
    title = _("Change the group")
    page = Page(
        title=title,
        form=forms.GroupForm(request.POST or None, instance=group),
        row_id=group.pk,
        back=_group_url(group),
        trail=group_trail(Crumb(group.name, "providers:group", (group.pk,)), Crumb(title)),
        reference=group.code,
        context={"about": group.name},
    )
    return kept(request, page)
