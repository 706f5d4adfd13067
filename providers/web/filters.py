"""What narrows the lists of the register: all of it stands in the address."""

from collections.abc import Sequence

import django_filters as filters
from django.forms import TextInput
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from providers.models import CareUnit, LegalForm, Ownership, Provider
from providers.queries import pages
from spink.catalogue.wording import RUNGS
from spink.foundation import clock
from spink.web.forms import Form

Choices = Sequence[tuple[str, str]]


class UnitFilter(filters.FilterSet):  # type: ignore[misc]
    q = filters.CharFilter(
        label=_("Search"),
        method="named",
        max_length=80,
        widget=TextInput(attrs={"type": "search", "placeholder": _("Unit, provider or district")}),
    )
    service = filters.ChoiceFilter(
        label=_("Service"), method="with_service", empty_label=_("All services")
    )
    municipality = filters.ChoiceFilter(
        label=_("Lies in"), field_name="municipality", empty_label=_("Anywhere")
    )
    rung = filters.ChoiceFilter(
        label=_("Rung"),
        method="on_rung",
        choices=list(RUNGS.items()),
        empty_label=_("Every rung"),
    )
    buyer = filters.ChoiceFilter(
        label=_("For"), method="for_buyer", empty_label=_("Any municipality")
    )
    free = filters.ChoiceFilter(
        label=_("Places"),
        method="with_free",
        choices=[("yes", _("Free places"))],
        empty_label=_("Free or full"),
    )

    class Meta:
        model = CareUnit
        fields: Sequence[str] = ()
        form = Form

    def __init__(
        self,
        data: QueryDict,
        queryset: pages.Units,
        *,
        services: Choices,
        places: Choices,
        buyers: Choices,
    ) -> None:
        super().__init__(data, queryset)
        self.filters["service"].extra["choices"] = services
        self.filters["municipality"].extra["choices"] = places
        self.filters["buyer"].extra["choices"] = buyers

    def named(self, found: pages.Units, _name: str, text: str) -> pages.Units:
        return pages.units_named(found, text)

    def with_service(self, found: pages.Units, _name: str, code: str) -> pages.Units:
        return pages.units_with_service(found, code)

    def on_rung(self, found: pages.Units, _name: str, form: str) -> pages.Units:
        buyer = self.form.cleaned_data.get("buyer") or ""
        return pages.units_on_rung(found, form, buyer=buyer, day=clock.today())

    def for_buyer(self, found: pages.Units, _name: str, _code: str) -> pages.Units:
        """Whom the rung is open to: it says nothing where no rung is asked for."""
        return found

    def with_free(self, found: pages.Units, _name: str, _value: str) -> pages.Units:
        return pages.units_with_free_places(found)


class ProviderFilter(filters.FilterSet):  # type: ignore[misc]
    q = filters.CharFilter(
        label=_("Search"),
        method="named",
        max_length=80,
        widget=TextInput(
            attrs={"type": "search", "placeholder": _("Name, group or organisation number")}
        ),
    )
    legal_form = filters.ChoiceFilter(
        label=_("Legal form"), choices=LegalForm.choices, empty_label=_("All legal forms")
    )
    ownership = filters.ChoiceFilter(
        label=_("Ownership"), choices=Ownership.choices, empty_label=_("Every ownership")
    )

    class Meta:
        model = Provider
        fields: Sequence[str] = ()
        form = Form

    def named(self, found: pages.Providers, _name: str, text: str) -> pages.Providers:
        return pages.providers_named(found, text)
