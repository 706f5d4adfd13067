from collections.abc import Mapping
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.http import Http404
from django.utils.translation import gettext_lazy as _
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer

from providers import policies
from providers.api.filters import (
    OF_PROVIDERS,
    OF_UNITS,
    StopFilter,
    UnitSearch,
    providers_asked_for,
)
from providers.api.serializers import (
    ProviderDetailSerializer,
    ProviderSerializer,
    StopInForceSerializer,
)
from providers.api.unit_serializers import CareUnitDetailSerializer, CareUnitSerializer
from providers.queries import pages
from providers.queries.stops import StopsNow, all_stops
from providers.searching import ProviderFilter
from spink.accounts.api.views import ApiView
from spink.accounts.domain.api_scopes import ApiScope
from spink.foundation import clock
from spink.web.api import paging
from spink.web.api.describing import Told
from spink.web.api.filtering import narrowed
from spink.web.api.parameters import only, wanted_fields


class RegisterView(ApiView):
    scopes: ClassVar[dict[str, ApiScope]] = {"GET": ApiScope.REGISTER_READ}
    serializer_class: type[BaseSerializer[Any]]

    @property
    def sees_protected(self) -> bool:
        return policies.can_see_protected_places(self.caller.reach)


class RegisterListView(RegisterView):
    cut = staticmethod(paging.cut)

    def found(self, request: Request) -> QuerySet[Any]:
        raise NotImplementedError

    def context(self, _rows: list[Any]) -> Mapping[str, Any]:
        return {}

    def get(self, request: Request) -> Response:
        part = paging.part_of(request.query_params)
        wanted = wanted_fields(request.query_params, self.serializer_class().fields)  # type: ignore[attr-defined]
        rows, total = self.cut(self.found(request), part)
        told = self.serializer_class(rows, many=True, context=dict(self.context(rows))).data
        return Response(paging.listed([only(row, wanted) for row in told], total, part))


class ProvidersView(RegisterListView):
    parameters = paging.PARAMETERS | frozenset(OF_PROVIDERS)
    filters = ProviderFilter
    filters_told = OF_PROVIDERS
    serializer_class = ProviderSerializer
    told: ClassVar[dict[str, Told]] = {
        "GET": Told(
            "list_providers", _("Providers of the register"), _("In the order of their names.")
        )
    }

    def found(self, request: Request) -> QuerySet[Any]:
        return narrowed(providers_asked_for(request._request.GET))


class ProviderView(RegisterView):
    serializer_class = ProviderDetailSerializer
    told: ClassVar[dict[str, Told]] = {
        "GET": Told("read_provider", _("A provider, with its units and the stops in force on it"))
    }

    def get(self, request: Request, code: str) -> Response:
        provider = pages.provider_by_code(code)
        if provider is None:
            raise Http404
        context = {
            "units": list(pages.units().prefetch_related(None).filter(provider=provider)),
            "stops": pages.stops_of_provider(provider, clock.today()),
        }
        told = ProviderDetailSerializer(provider, context=context).data
        return Response(only(told, wanted_fields(request.query_params, told)))


class CareUnitsView(RegisterListView):
    parameters = paging.PARAMETERS | frozenset(OF_UNITS)
    filters = UnitSearch
    filters_told = OF_UNITS
    serializer_class = CareUnitSerializer
    cut = staticmethod(paging.cut_at_once)
    told: ClassVar[dict[str, Told]] = {
        "GET": Told(
            "list_care_units",
            _("Care units of the register"),
            _(
                "In the order of their names; what is searched for by words, the best answers"
                " first. Of protected housing nothing tells where it lies."
            ),
        )
    }

    def found(self, request: Request) -> QuerySet[Any]:
        return narrowed(UnitSearch(request._request.GET, self.caller.reach))

    def context(self, rows: list[Any]) -> Mapping[str, Any]:
        stops = pages.stops_in_force(rows, clock.today())
        return {"stops": stops, "sees_protected": self.sees_protected}


class CareUnitView(RegisterView):
    serializer_class = CareUnitDetailSerializer
    told: ClassVar[dict[str, Told]] = {
        "GET": Told(
            "read_care_unit", _("A care unit, with its agreements, prices and stops in force")
        )
    }

    def get(self, request: Request, code: str) -> Response:
        unit = pages.unit_by_code(code)
        if unit is None:
            raise Http404
        context = {
            "stops": pages.stops_in_force([unit], clock.today()),
            "sees_protected": self.sees_protected,
        }
        told = CareUnitDetailSerializer(unit, context=context).data
        return Response(only(told, wanted_fields(request.query_params, told)))


class StopsInForceView(RegisterListView):
    parameters = paging.PARAMETERS | frozenset(StopFilter.base_filters)
    filters = StopFilter
    serializer_class = StopInForceSerializer
    told: ClassVar[dict[str, Told]] = {
        "GET": Told(
            "list_stops_in_force",
            _("Stops that hold today"),
            _(
                "Each is on one unit, one provider or one group, and reaches all that is below it."
                " The latest first. Why they were set is not told."
            ),
        )
    }

    def found(self, request: Request) -> QuerySet[Any]:
        every = all_stops(StopsNow.IN_FORCE, clock.today())
        return narrowed(StopFilter(request._request.GET, queryset=every))
