"""What narrows the plan of visits: all of it stands in the address."""

from collections.abc import Sequence
from typing import Any

import django_filters as filters
from django.forms import TextInput
from django.utils.translation import gettext_lazy as _

from providers.models import SiteVisit
from providers.models.control.choices import RungOfLadder, VisitState
from providers.queries.control.visits import Visits, visits_named
from spink.web.forms import Form


class VisitFilter(filters.FilterSet):  # type: ignore[misc]
    q = filters.CharFilter(
        label=_("Search"),
        method="named",
        max_length=80,
        widget=TextInput(attrs={"type": "search", "placeholder": _("Provider or care unit")}),
    )
    team = filters.ChoiceFilter(label=_("Team"), empty_label=_("All teams"))
    state = filters.ChoiceFilter(
        label=_("State"), choices=VisitState.choices, empty_label=_("Every state")
    )
    provision_form = filters.ChoiceFilter(
        label=_("Provision form"), choices=RungOfLadder.choices, empty_label=_("All forms")
    )

    class Meta:
        model = SiteVisit
        fields: Sequence[str] = ()
        form = Form

    def __init__(self, data: Any, queryset: Visits, *, teams: Sequence[tuple[str, str]]) -> None:
        super().__init__(data, queryset)
        self.filters["team"].extra["choices"] = teams

    def named(self, found: Visits, _name: str, text: str) -> Visits:
        return visits_named(found, text)
