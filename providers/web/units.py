"""Finding and reading care units."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from providers import policies, telling
from providers.models import CareUnit, Stop
from providers.queries import pages
from providers.queries.corrections import corrections_of
from providers.queries.diary.editions import stops_not_begun
from providers.queries.history import unit_history
from providers.queries.keeping import waiting_changes
from providers.searching import UnitFilter
from providers.web import unit_page as shown
from providers.web import words
from providers.web.control.visits.shown import visits_of
from providers.web.keeping.plans import shown_plans, without_places
from providers.web.keeping.sections import sections_of
from providers.web.opening import for_register_readers
from providers.web.trail import Crumb, register_tabs
from spink.accounts import queries as accounts
from spink.accounts.domain.capabilities import Capability
from spink.accounts.domain.reach import Reach
from spink.accounts.middleware import WallRequest
from spink.accounts.policies import can
from spink.catalogue import queries as catalogue
from spink.foundation import clock
from spink.foundation.swedish import swedish_key
from spink.web.filtering import chosen_filters

ROWS_A_PAGE = 50


@dataclass(frozen=True, slots=True)
class UnitRow:
    code: str
    name: str
    provider: str
    services: str
    municipality: str
    places: str
    counted: words.Said
    stops: list[str]


@for_register_readers
def register(_request: WallRequest) -> HttpResponse:
    return redirect("providers:units")


@for_register_readers
def unit_list(request: WallRequest) -> HttpResponse:
    filterset = unit_filter(request.GET, request.reach)
    page = Paginator(filterset.qs, ROWS_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "tabs": register_tabs("units", request.reach),
        "filter": filterset,
        "chosen": chosen_filters(filterset),
        "page_of": page,
        "rows": shown_rows(page.object_list, request.reach),
    }
    return render(request, "providers/units.html", context)


def unit_filter(data: QueryDict, reach: Reach) -> UnitFilter:
    municipalities = accounts.municipalities()
    services = [(one.code, one.name) for one in catalogue.all_services()]
    return UnitFilter(
        data,
        pages.units(),
        choices={
            "service": sorted(services, key=lambda pair: swedish_key(pair[1])),
            "municipality": [(one.code, one.name) for one in municipalities],
            "buyer": [(one.code, one.name) for one in municipalities if one.is_member],
            "need": [(one.code, one.name) for one in catalogue.special_needs(clock.today())],
        },
        sees_protected=policies.can_see_protected_places(reach),
    )


def shown_rows(units: Iterable[CareUnit], reach: Reach) -> list[UnitRow]:
    listed = list(units)
    services = {one.code: one.name for one in catalogue.all_services()}
    municipalities = accounts.municipality_names({unit.municipality for unit in listed})
    stops = pages.stops_in_force(listed, clock.today())
    sees_protected = policies.can_see_protected_places(reach)
    return [
        _row(
            unit,
            services,
            _("Not shown")
            if pages.gives_protected_housing(unit) and not sees_protected
            else municipalities.get(unit.municipality, unit.municipality),
            stops[unit.pk],
        )
        for unit in listed
    ]


def _row(unit: CareUnit, services: dict[str, str], municipality: str, stops: list[Stop]) -> UnitRow:
    given = [services[service.service_type_id] for service in unit.services.all()]
    return UnitRow(
        code=unit.code,
        name=unit.name,
        provider=unit.provider.name,
        services=", ".join(given),
        municipality=municipality,
        places=words.free_places(unit),
        counted=words.counted(unit, clock.now()),
        stops=[words.stop_kind(stop) for stop in stops],
    )


@for_register_readers
def unit_page(request: WallRequest, code: str) -> HttpResponse:
    unit = pages.unit_by_code(code)
    if unit is None:
        raise Http404
    sees_why = policies.can_see_why_stopped(request.reach)
    can_keep = policies.can_keep_register(request.reach)
    shown_unit = shown.shown_unit(
        unit, clock.now(), sees_protected=policies.can_see_protected_places(request.reach)
    )
    unseen = () if policies.can_see_planned_stops(request.reach) else stops_not_begun()
    history, plans = unit_history(unit.pk, without_stops=unseen), waiting_changes(unit.pk)
    if shown_unit.is_hidden:
        history, plans = telling.without_places(history), without_places(plans)
    context = {
        "unit": shown_unit,
        "stops": shown.shown_stops(
            pages.stops_in_force([unit], clock.today())[unit.pk], sees_why=sees_why
        ),
        "history": telling.history_rows(history, sees_why=sees_why),
        "can_keep": can_keep,
        "visits": visits_of(unit, request.reach),
        "can_complain": can(request.reach, Capability.FILE_COMPLAINT),
        "can_match": can(request.reach, Capability.MATCH_REQUEST),
        "corrections": [str(one.get_fact_display()) for one in corrections_of(code)]
        if can_keep
        else [],
        "sections": sections_of(unit, is_protected=shown_unit.is_protected) if can_keep else [],
        "plans": shown_plans(plans, can_cancel=can_keep),
        "trail": [Crumb(_("Register"), "providers:units"), Crumb(unit.name)],
    }
    return render(request, "providers/unit.html", context)
