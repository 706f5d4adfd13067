"""Finding and reading providers."""

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from providers import policies
from providers.models import LegalForm, Provider
from providers.queries import pages
from providers.searching import ProviderFilter
from providers.web import unit_page as shown
from providers.web.control.about_provider import monitored
from providers.web.control.about_reviews import reviewed
from providers.web.control.about_vettings import vetted
from providers.web.control.complaints.about import complaints_of
from providers.web.opening import for_register_readers
from providers.web.timeline.page import timeline_of
from providers.web.trail import Crumb, register_tabs
from providers.web.units import ROWS_A_PAGE, shown_rows
from spink.accounts import queries as accounts
from spink.accounts.domain.capabilities import Capability
from spink.accounts.middleware import WallRequest
from spink.accounts.policies import can
from spink.foundation import clock
from spink.web.filtering import chosen_filters


@for_register_readers
def provider_list(request: WallRequest) -> HttpResponse:
    filterset = ProviderFilter(request.GET, pages.counted_providers())
    page = Paginator(filterset.qs, ROWS_A_PAGE).get_page(request.GET.get("page"))
    can_keep = policies.can_keep_register(request.reach)
    context = {
        "tabs": register_tabs("providers", request.reach),
        "filter": filterset,
        "chosen": chosen_filters(filterset),
        "page_of": page,
        "can_keep": can_keep,
    }
    return render(request, "providers/providers.html", context)


@for_register_readers
def provider_page(request: WallRequest, provider_id: int) -> HttpResponse:
    provider = pages.provider_by_id(provider_id)
    if provider is None:
        raise Http404
    sees_why = policies.can_see_why_stopped(request.reach)
    today = clock.today()
    page = Paginator(pages.units().filter(provider=provider), ROWS_A_PAGE).get_page(
        request.GET.get("page")
    )
    names = accounts.municipality_names({provider.municipality} - {""})
    context = {
        "provider": provider,
        "number": _number(provider),
        "municipality": names.get(provider.municipality, provider.municipality),
        "stops": shown.shown_stops(pages.stops_of_provider(provider, today), sees_why=sees_why),
        "page_of": page,
        "rows": shown_rows(page.object_list, request.reach),
        "timeline": timeline_of(provider, request.reach),
        "monitored": monitored(provider.pk, request.reach),
        "vetted": vetted(provider.pk, request.reach),
        "complaints": complaints_of(provider.pk, request.reach),
        "can_complain": can(request.reach, Capability.FILE_COMPLAINT),
        "can_match": can(request.reach, Capability.MATCH_REQUEST),
        "reviewed": reviewed(provider.pk, request.reach),
        "can_keep": policies.can_keep_register(request.reach),
        "trail": [
            Crumb(_("Register"), "providers:units"),
            Crumb(_("Providers"), "providers:providers"),
            Crumb(provider.name),
        ],
    }
    return render(request, "providers/provider.html", context)


def _number(provider: Provider) -> str:
    """A sole trader's number is personal and is shown to nobody."""
    if provider.legal_form == LegalForm.SOLE_TRADER:
        return _("Not shown: a sole trader's number is personal")
    number = provider.organisation_number
    return f"{number[:6]}-{number[6:]}" if number else ""
