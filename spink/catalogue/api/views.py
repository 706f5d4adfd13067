from typing import Any, ClassVar

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer

from spink.accounts.api.views import ApiView
from spink.accounts.domain.api_scopes import ApiScope
from spink.catalogue import queries
from spink.catalogue.api.serializers import (
    CodedReasonSerializer,
    LegalBasisSerializer,
    ServiceTypeSerializer,
    SpecialNeedSerializer,
)
from spink.catalogue.models import CodedReason, LegalBasis, ServiceType, SpecialNeed
from spink.foundation import clock
from spink.web.api import paging
from spink.web.api.describing import Told
from spink.web.api.parameters import only, wanted_fields


class CodesView(ApiView):
    """A list of codes: also those that have ended or not begun, each with its days."""

    scopes: ClassVar[dict[str, ApiScope]] = {"GET": ApiScope.CATALOGUE_READ}
    parameters = paging.PARAMETERS
    serializer_class: type[BaseSerializer[Any]]
    rows: ClassVar[QuerySet[Any]]

    def get(self, request: Request) -> Response:
        part = paging.part_of(request.query_params)
        wanted = wanted_fields(request.query_params, self.serializer_class().fields)  # type: ignore[attr-defined]
        rows, total = paging.cut(self.rows.all(), part)
        told = self.serializer_class(rows, many=True, context=self.context()).data
        return Response(paging.listed([only(row, wanted) for row in told], total, part))

    def context(self) -> dict[str, Any]:
        return {}


class ServiceTypesView(CodesView):
    serializer_class = ServiceTypeSerializer
    told: ClassVar[dict[str, Told]] = {
        "GET": Told("list_service_types", _("Services that requests are filed for"))
    }
    rows = ServiceType.objects.order_by("position", "code")

    def context(self) -> dict[str, Any]:
        return {"subtypes": queries.subtypes_by_service(clock.today())}


class SpecialNeedsView(CodesView):
    serializer_class = SpecialNeedSerializer
    told: ClassVar[dict[str, Told]] = {
        "GET": Told("list_special_needs", _("Needs that a unit is to meet"))
    }
    rows = SpecialNeed.objects.order_by("position", "code")


class LegalBasesView(CodesView):
    serializer_class = LegalBasisSerializer
    told: ClassVar[dict[str, Told]] = {
        "GET": Told("list_legal_bases", _("Legal bases of placements"))
    }
    rows = LegalBasis.objects.order_by("position", "code")


class ReasonCodesView(CodesView):
    serializer_class = CodedReasonSerializer
    told: ClassVar[dict[str, Told]] = {
        "GET": Told("list_reason_codes", _("Coded reasons, by what they are given for"))
    }
    rows = CodedReason.objects.order_by("kind", "position", "code")
