"""What the register is searched by: the same filters on its pages and through the API."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

import django_filters as filters
from django.forms import TextInput
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from providers.models import CareUnit, LegalForm, Ownership, Provider
from providers.queries import pages
from spink.catalogue.domain.ladder import ProvisionForm
from spink.catalogue.wording import RUNGS
from spink.foundation import clock
from spink.web.forms import Form

Choices = Sequence[tuple[str, str]]


class UnitFilter(filters.FilterSet):  # type: ignore[misc]
    q = filters.CharFilter(
        label=_("Search"),
        method="named",
        max_length=80,
        widget=TextInput(attrs={"type": "search", "placeholder": _("Name, method, need or place")}),
    )
    service = filters.ChoiceFilter(
        label=_("Service"), method="with_service", empty_label=_("All services")
    )
    municipality = filters.ChoiceFilter(
        label=_("Lies in"), method="lying_in", empty_label=_("Anywhere")
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
    age = filters.NumberFilter(
        label=_("Age"),
        method="for_age",
        min_value=0,
        max_value=120,
        decimal_places=0,
        widget=TextInput(attrs={"inputmode": "numeric", "class": "shorter"}),
    )
    need = filters.ChoiceFilter(label=_("Meets the need"), method="meeting", empty_label=_("Any"))
    stop = filters.ChoiceFilter(
        label=_("Stop"),
        method="with_stop",
        choices=[("none", _("Not stopped")), ("now", _("Stopped now"))],
        empty_label=_("Stopped or not"),
    )
    permit = filters.ChoiceFilter(
        label=_("Permit"),
        method="with_permit",
        choices=[
            ("soon", _("Ends within three months")),
            ("lacking", _("Is needed and does not hold")),
        ],
        empty_label=_("Any"),
    )

    further = ("age", "need", "stop", "permit")
    """Asked for less often: folded away until one of them is in force."""

    class Meta:
        model = CareUnit
        fields: Sequence[str] = ()
        form = Form

    def __init__(
        self,
        data: QueryDict,
        queryset: pages.Units,
        *,
        choices: Mapping[str, Choices],
        sees_protected: bool,
    ) -> None:
        super().__init__(data, queryset)
        self.sees_protected = sees_protected
        for name, offered in choices.items():
            self.filters[name].extra["choices"] = offered

    @property
    def is_further(self) -> bool:
        return any(self.data.get(name) for name in self.further)

    def named(self, found: pages.Units, _name: str, text: str) -> pages.Units:
        return pages.units_found(found, text)

    def with_service(self, found: pages.Units, _name: str, code: str) -> pages.Units:
        return pages.units_with_service(found, code)

    def lying_in(self, found: pages.Units, _name: str, municipality: str) -> pages.Units:
        return pages.units_in(found, municipality, with_protected=self.sees_protected)

    def on_rung(self, found: pages.Units, _name: str, form: str) -> pages.Units:
        buyer = self.form.cleaned_data.get("buyer") or ""
        if form == ProvisionForm.IN_HOUSE and not self.sees_protected:
            found = pages.unprotected(found)  # whose own it is says where it lies
        return pages.units_on_rung(found, form, buyer=buyer, day=clock.today())

    def for_buyer(self, found: pages.Units, _name: str, _code: str) -> pages.Units:
        """Whom the rung is open to: it says nothing where no rung is asked for."""
        return found

    def with_free(self, found: pages.Units, _name: str, _value: str) -> pages.Units:
        return pages.units_with_free_places(found)

    def for_age(self, found: pages.Units, _name: str, age: Decimal) -> pages.Units:
        return pages.units_for_age(found, int(age))

    def meeting(self, found: pages.Units, _name: str, need: str) -> pages.Units:
        return pages.units_meeting(found, need)

    def with_stop(self, found: pages.Units, _name: str, value: str) -> pages.Units:
        return pages.units_stopped(found, clock.today(), stopped=value == "now")

    def with_permit(self, found: pages.Units, _name: str, state: str) -> pages.Units:
        return pages.units_whose_permit(found, state, clock.today())


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
