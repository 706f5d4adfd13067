"""How a list of requests is narrowed and sorted by what stands in its address."""

from datetime import UTC, datetime

import django_filters
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from placements.models import PlacementRequest
from placements.models.choices import States, Urgencies
from spink.web.api import filtering

KNOWN_TIMES = (
    MinValueValidator(datetime(1900, 1, 1, tzinfo=UTC)),
    MaxValueValidator(datetime(9000, 1, 1, tzinfo=UTC)),
)
"""Near the ends of what can be written there are times that the database does not know."""


class RequestFilter(django_filters.FilterSet):  # type: ignore[misc]
    state = django_filters.ChoiceFilter(
        choices=States.choices, help_text=_("Only those in this state.")
    )
    urgency = django_filters.ChoiceFilter(
        choices=Urgencies.choices, help_text=_("Only those of this urgency.")
    )
    service_type = django_filters.CharFilter(
        field_name="service_type", max_length=60, help_text=_("Only those for this service.")
    )
    submitted_from = django_filters.IsoDateTimeFilter(
        field_name="submitted_at",
        validators=KNOWN_TIMES,
        lookup_expr="gte",
        help_text=_("Only those filed at this time or later."),
    )
    submitted_before = django_filters.IsoDateTimeFilter(
        field_name="submitted_at",
        validators=KNOWN_TIMES,
        lookup_expr="lt",
        help_text=_("Only those filed before this time."),
    )
    changed_from = django_filters.IsoDateTimeFilter(
        field_name="changed_at",
        validators=KNOWN_TIMES,
        lookup_expr="gte",
        help_text=_("Only those changed at this time or later."),
    )
    sort = django_filters.OrderingFilter(
        fields=(("submitted_at", "submitted_at"), ("changed_at", "changed_at")),
        help_text=_("What the list is sorted by; with a minus the latest first."),
    )

    class Meta:
        model = PlacementRequest
        fields: list[str] = []


PARAMETERS = frozenset(RequestFilter.base_filters)


def narrowed(
    requests: "QuerySet[PlacementRequest]", query: QueryDict
) -> "QuerySet[PlacementRequest]":
    """The latest first unless sorted otherwise. Raises ApiProblem with each wrong value."""
    if PARAMETERS.isdisjoint(query):
        return requests.order_by("-submitted_at", "-pk")
    found: QuerySet[PlacementRequest] = filtering.narrowed(RequestFilter(query, queryset=requests))
    return found if query.get("sort") else found.order_by("-submitted_at", "-pk")
