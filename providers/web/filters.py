"""What narrows the other lists of the register: all of it stands in the address."""

from collections.abc import Sequence
from typing import Any

import django_filters as filters
from django.forms import TextInput
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from providers.models import Agreement, AgreementForm, CareUnit, CorporateGroup
from providers.queries import keeping, pages
from providers.searching import Choices
from spink.foundation import clock
from spink.web.forms import Form


class PlacesFilter(filters.FilterSet):  # type: ignore[misc]
    q = filters.CharFilter(
        label=_("Search"),
        method="named",
        max_length=80,
        widget=TextInput(attrs={"type": "search", "placeholder": _("Unit, provider or district")}),
    )
    service = filters.ChoiceFilter(
        label=_("Service"), method="with_service", empty_label=_("All services")
    )

    class Meta:
        model = CareUnit
        fields: Sequence[str] = ()
        form = Form

    def __init__(self, data: QueryDict, queryset: pages.Units, *, services: Choices) -> None:
        super().__init__(data, queryset)
        self.filters["service"].extra["choices"] = services

    def named(self, found: pages.Units, _name: str, text: str) -> pages.Units:
        return keeping.oldest_count_first(pages.units_found(found, text))

    def with_service(self, found: pages.Units, _name: str, code: str) -> pages.Units:
        return pages.units_with_service(found, code)


class AgreementFilter(filters.FilterSet):  # type: ignore[misc]
    q = filters.CharFilter(
        label=_("Search"),
        method="named",
        max_length=80,
        widget=TextInput(attrs={"type": "search", "placeholder": _("Name, number or code")}),
    )
    form_of = filters.ChoiceFilter(
        label=_("Form"),
        field_name="provision_form",
        choices=AgreementForm.choices,
        empty_label=_("Every form"),
    )
    when = filters.ChoiceFilter(
        label=_("Period"),
        method="at_time",
        choices=[("now", _("In force")), ("later", _("To come")), ("ended", _("Ended"))],
        empty_label=_("All"),
    )

    class Meta:
        model = Agreement
        fields: Sequence[str] = ()
        form = Form

    def named(self, found: Any, _name: str, text: str) -> Any:
        return keeping.agreements_named(found, text)

    def at_time(self, found: Any, _name: str, when: str) -> Any:
        chosen = {
            "now": keeping.agreements_in_force,
            "later": keeping.agreements_to_come,
            "ended": keeping.agreements_ended,
        }
        return chosen[when](found, clock.today())


class GroupFilter(filters.FilterSet):  # type: ignore[misc]
    q = filters.CharFilter(
        label=_("Search"),
        method="named",
        max_length=80,
        widget=TextInput(attrs={"type": "search"}),
    )

    class Meta:
        model = CorporateGroup
        fields: Sequence[str] = ()
        form = Form

    def named(self, found: Any, _name: str, text: str) -> Any:
        return keeping.groups_named(found, text)
