"""How many requests the client's department has sent. So few that somebody could be known again
are not told, as on the pages' figures."""

from datetime import date
from typing import Any, ClassVar

import django_filters as filters
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from placements.domain.not_carried_out import SMALLEST_SHOWN, is_hidden
from placements.models import PlacementRequest
from placements.models.choices import States
from placements.queries.statistics import counted, sent_by_month
from spink.accounts.api.views import ApiView
from spink.accounts.domain.api_scopes import ApiScope
from spink.web.api import paging
from spink.web.api.describing import Told
from spink.web.api.filtering import narrowed
from spink.web.api.parameters import only, wanted_fields

A_MONTH = r"^[1-9][0-9]{3}-(0[1-9]|1[0-2])$"


class StatisticsFilter(filters.FilterSet):  # type: ignore[misc]
    month = filters.CharFilter(
        method="in_month",
        max_length=7,
        validators=[RegexValidator(A_MONTH)],
        help_text=_("Only those sent in this month, as 2026-03."),
    )
    service_type = filters.CharFilter(max_length=60, help_text=_("Only those for this service."))
    state = filters.ChoiceFilter(choices=States.choices, help_text=_("Only those in this state."))

    class Meta:
        model = PlacementRequest
        fields: tuple[str, ...] = ()

    def in_month(self, found: Any, _name: str, text: str) -> Any:
        return found.filter(month=date(int(text[:4]), int(text[5:]), 1))


class CountSerializer(serializers.Serializer[Any]):
    example: ClassVar[dict[str, Any]] = {
        "month": "2025-03",
        "service_type": "short_term_housing",
        "state": "closed",
        "count": 17,
        "fewer_than": None,
    }

    month = serializers.SerializerMethodField()
    service_type = serializers.CharField()
    state = serializers.ChoiceField(choices=States.choices)
    count = serializers.SerializerMethodField()
    fewer_than = serializers.SerializerMethodField()

    def get_month(self, row: dict[str, Any]) -> str:
        return f"{row['month']:%Y-%m}"

    def get_count(self, row: dict[str, Any]) -> int | None:
        return None if is_hidden(row["count"]) else int(row["count"])

    def get_fewer_than(self, row: dict[str, Any]) -> int | None:
        return SMALLEST_SHOWN if is_hidden(row["count"]) else None


class StatisticsView(ApiView):
    scopes: ClassVar[dict[str, ApiScope]] = {"GET": ApiScope.STATISTICS_READ}
    parameters = paging.PARAMETERS | frozenset(StatisticsFilter.base_filters)
    filters = StatisticsFilter
    serializer_class = CountSerializer
    told: ClassVar[dict[str, Told]] = {
        "GET": Told(
            "list_statistics",
            _("How many requests your department has sent"),
            _(
                "A row a month, service and state, the newest month first. Where there are one to"
                " four, count is null and fewer_than is 5."
            ),
        )
    }

    def get(self, request: Request) -> Response:
        part = paging.part_of(request.query_params)
        wanted = wanted_fields(request.query_params, CountSerializer().fields)
        sent = sent_by_month(self.caller.reach)
        found = counted(narrowed(StatisticsFilter(request._request.GET, queryset=sent)))
        rows, total = paging.cut(found, part)
        told = CountSerializer(rows, many=True).data
        return Response(paging.listed([only(row, wanted) for row in told], total, part))
