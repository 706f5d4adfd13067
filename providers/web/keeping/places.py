"""Confirming places: the units whose count is the oldest first, many in a row."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from providers import actions
from providers.models import CareUnit
from providers.queries import keeping, pages
from providers.web import words
from providers.web.filters import PlacesFilter
from providers.web.keeping.flow import Page, kept
from providers.web.keeping.forms.places import CountForm
from providers.web.keeping.opening import for_keepers, or_404
from providers.web.keeping.units import unit_trail
from providers.web.trail import register_tabs
from providers.web.units import ROWS_A_PAGE
from spink.accounts.middleware import WallRequest
from spink.catalogue import queries as catalogue
from spink.foundation import clock
from spink.web.filtering import chosen_filters


@dataclass(frozen=True, slots=True)
class PlacesRow:
    pk: int
    code: str
    name: str
    provider: str
    places: str
    occupied: int
    unavailable: int
    counted: words.Said


@for_keepers
def places(request: WallRequest) -> HttpResponse:
    """The list; its form confirms the chosen units, or the one whose button was pressed."""
    if request.method == "POST":
        _confirm(request)
        return redirect(f"{reverse('providers:places')}?{request.GET.urlencode()}")
    services = [(one.code, one.name) for one in catalogue.all_services()]
    filterset = PlacesFilter(
        request.GET, keeping.places_to_confirm(clock.today()), services=services
    )
    page = Paginator(filterset.qs, ROWS_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "tabs": register_tabs("places", request.reach),
        "filter": filterset,
        "chosen": chosen_filters(filterset),
        "page_of": page,
        "seen": keeping.last_change(),
        "rows": [_row(unit) for unit in page.object_list],
    }
    return render(request, "providers/keeping/places.html", context)


def _row(unit: CareUnit) -> PlacesRow:
    return PlacesRow(
        pk=unit.pk,
        code=unit.code,
        name=unit.name,
        provider=unit.provider.name,
        places=words.free_places(unit),
        occupied=unit.places_occupied,
        unavailable=unit.places_unavailable,
        counted=words.counted(unit, clock.now()),
    )


def _confirm(request: WallRequest) -> None:
    wanted = request.POST.getlist("one") or request.POST.getlist("unit")
    ids = [int(pk) for pk in wanted if pk.isdecimal() and len(pk) < 18]
    seen = request.POST.get("seen", "")
    if not ids or not seen.isdecimal():
        messages.warning(request, _("Choose the units whose places you confirm."))
        return
    counted, outdated = actions.confirm_as_they_stand(
        seen_by_unit=dict.fromkeys(ids, int(seen[:18])), by=request.user.actor
    )
    if counted:
        messages.success(
            request,
            ngettext(
                "The places of %(count)d unit are confirmed.",
                "The places of %(count)d units are confirmed.",
                counted,
            )
            % {"count": counted},
        )
    if outdated:
        messages.warning(
            request,
            ngettext(
                "%(count)d unit was counted by somebody else meanwhile, and is passed over.",
                "%(count)d units were counted by somebody else meanwhile, and are passed over.",
                outdated,
            )
            % {"count": outdated},
        )


@for_keepers
def count(request: WallRequest, code: str) -> HttpResponse:
    """One unit's places, with the numbers as they are to be."""
    unit = or_404(pages.unit_by_code(code))
    if unit.places_total is None:
        messages.info(request, _("Say first how many places the unit has."))
        return redirect("providers:unit_change", unit.code, "places")
    title = _("Count the places")
    page = Page(
        title=title,
        form=CountForm(request.POST or None, instance=unit),
        row_id=unit.pk,
        back=reverse("providers:unit", args=[unit.code]),
        trail=unit_trail(unit, title),
        reference=unit.code,
        submit=_("Confirm the places"),
        intro=_("%(places)s places are free. %(counted)s.")
        % {
            "places": words.free_places(unit),
            "counted": words.counted(unit, clock.now()).text,
        },
        act=lambda form, by: actions.confirm_places(
            unit_id=unit.pk,
            occupied=form.cleaned_data["places_occupied"],
            unavailable=form.cleaned_data["places_unavailable"],
            next_free_on=form.cleaned_data["next_free_on"],
            seen=form.seen_change,
            by=by,
        ),
        context={"about": unit.name},
    )
    return kept(request, page)
