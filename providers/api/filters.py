"""The filters of the register's pages, told of by what each does and not by its label."""

from typing import Any

import django_filters as filters
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from providers import policies
from providers.models import Stop
from providers.queries import pages, stops
from providers.searching import ProviderFilter, UnitFilter
from spink.accounts.domain.reach import Reach

OF_UNITS: dict[str, Promise] = {
    "q": _("Words of names, services, methods, needs or places; the best answers first."),
    "service": _("Only those that give this service."),
    "municipality": _("Only those that lie there; protected housing is not found so."),
    "rung": _("Only those that stand on this rung, for the buyer or for anybody."),
    "buyer": _("The municipality for which the rung is asked."),
    "free": _("Only those with a free place."),
    "age": _("Only those that take somebody of this age."),
    "need": _("Only those that meet this need."),
    "stop": _("Only those that are stopped now, or that are not."),
    "permit": _("Only those whose permit ends within three months, or is needed and lacks."),
}
OF_PROVIDERS: dict[str, Promise] = {
    "q": _("A part of the name or of the group's, or the organisation number."),
    "legal_form": _("Only those of this legal form."),
    "ownership": _("Only those that are owned so."),
}


class StopFilter(filters.FilterSet):  # type: ignore[misc]
    unit = filters.CharFilter(
        method="reaching_unit",
        max_length=60,
        help_text=_(
            "Only those that reach the unit of this code: its own, its provider's, its group's."
        ),
    )
    provider = filters.CharFilter(
        method="at_provider",
        max_length=60,
        help_text=_("Only those on the provider of this code, on its group or on a unit of it."),
    )

    class Meta:
        model = Stop
        fields: tuple[str, ...] = ()

    def reaching_unit(self, found: Any, _name: str, code: str) -> Any:
        return stops.stops_reaching_unit(found, code)

    def at_provider(self, found: Any, _name: str, code: str) -> Any:
        return stops.stops_at_provider(found, code)


class UnitSearch(UnitFilter):
    """Codes are taken as they come, of which nothing is found where there is none such: to look
    up what can be chosen is for pages that draw it."""

    service = filters.CharFilter(method="with_service", max_length=60)
    municipality = filters.CharFilter(method="lying_in", max_length=60)
    buyer = filters.CharFilter(method="for_buyer", max_length=60)
    need = filters.CharFilter(method="meeting", max_length=60)

    def __init__(self, data: QueryDict, reach: Reach) -> None:
        super().__init__(
            data,
            pages.units(),
            choices={},
            sees_protected=policies.can_see_protected_places(reach),
        )


def providers_asked_for(query: QueryDict) -> ProviderFilter:
    return ProviderFilter(query, pages.counted_providers())
