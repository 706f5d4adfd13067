"""What narrows the list of process deviations: all of it stands in the address."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import django_filters as filters
from django.forms import TextInput
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from placements.models import ProcessDeviation
from placements.queries.deviations import Deviations, filed_between
from spink.web.forms import Form

NOBODY = "nobody"
Choices = Sequence[tuple[str, str]]


def _day(label: Any) -> filters.DateFilter:
    widget = TextInput(attrs={"class": "shorter", "placeholder": _("YYYY-MM-DD")})
    return filters.DateFilter(label=label, method="filed_then", widget=widget)


class DeviationFilter(filters.FilterSet):  # type: ignore[misc]
    category = filters.ChoiceFilter(label=_("What it is about"), empty_label=_("Everything"))
    team = filters.ChoiceFilter(label=_("Team"), empty_label=_("All teams"))
    owner = filters.ChoiceFilter(
        label=pgettext_lazy("of a deviation", "Owner"),
        method="owned_by",
        empty_label=_("Anybody or nobody"),
    )
    since = _day(_("Filed from"))
    until = _day(_("Filed until"))

    class Meta:
        model = ProcessDeviation
        fields: Sequence[str] = ()
        form = Form

    def __init__(
        self,
        data: Any,
        queryset: Deviations,
        *,
        owners: Choices,
        categories: Choices,
        teams: Choices,
    ) -> None:
        super().__init__(data, queryset)
        self.filters["owner"].extra["choices"] = [(NOBODY, _("Nobody")), *owners]
        self.filters["category"].extra["choices"] = categories
        self.filters["team"].extra["choices"] = teams

    def owned_by(self, found: Deviations, _name: str, owner: str) -> Deviations:
        return found.filter(owner=None) if owner == NOBODY else found.filter(owner=int(owner))

    def filed_then(self, found: Deviations, name: str, day: date) -> Deviations:
        return filed_between(found, **{"since": None, "until": None, name: day})
