"""The services that a unit gives, each with its subtypes."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from providers.models import CareUnit, CareUnitAddress
from providers.web.keeping.forms.base import Keeping
from spink.catalogue import queries as catalogue
from spink.catalogue.domain.services import PROTECTED_HOUSING
from spink.foundation import clock
from spink.web.forms import Form

Given = list[dict[str, Any]]


class ServicesForm(Keeping, Form):
    part = "services"
    plannable = True

    services = forms.MultipleChoiceField(
        label=_("Services"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one service")},
    )

    def __init__(self, data: Any = None, *, unit: CareUnit) -> None:
        super().__init__(data)
        self.unit = unit
        self.held: Given = [
            {"service_type": one.service_type_id, "subtypes": list(one.subtypes)}
            for one in unit.services.all()
        ]
        names = {one.code: one.name for one in catalogue.all_services()}
        chosen = [one["service_type"] for one in self.held]
        services: Any = self.fields["services"]
        services.choices = list(names.items())
        self.initial["services"] = chosen
        held = {one["service_type"]: one["subtypes"] for one in self.held}
        for code, subtypes in catalogue.subtypes_by_service(clock.today()).items():
            self._ask_subtypes(code, names[code], subtypes, held.get(code, []))
        self.carry(unit)

    def _ask_subtypes(self, code: str, name: str, subtypes: list[Any], held: list[str]) -> None:
        known = {one.code: one.name for one in subtypes}
        known |= {one: one for one in held if one not in known}
        self.fields[f"subtypes_{code}"] = forms.MultipleChoiceField(
            label=_("Subtypes: %(service)s") % {"service": name},
            choices=list(known.items()),
            required=False,
            help_text=_("None chosen: all of them."),
            widget=forms.CheckboxSelectMultiple,
        )
        self.initial[f"subtypes_{code}"] = held

    @property
    def subtype_fields(self) -> list[Any]:
        """Each with whether its service is given now: the page folds the others away."""
        given = set(self["services"].value() or ())
        return [
            (self[name], name.removeprefix("subtypes_") in given)
            for name in self.fields
            if name.startswith("subtypes_")
        ]

    def clean_services(self) -> list[str]:
        chosen: list[str] = self.cleaned_data["services"]
        becomes = PROTECTED_HOUSING in chosen and PROTECTED_HOUSING not in self.initial["services"]
        if becomes and CareUnitAddress.objects.filter(unit=self.unit).exists():
            raise ValidationError(
                _("Take the address away first: none of protected housing is kept.")
            )
        return chosen

    def given(self) -> Given:
        """In the order that the register has, new ones last."""
        chosen = self.cleaned_data["services"]
        before = [one["service_type"] for one in self.held if one["service_type"] in chosen]
        ordered = [*before, *(code for code in chosen if code not in before)]
        return [
            {"service_type": code, "subtypes": self.cleaned_data.get(f"subtypes_{code}") or []}
            for code in ordered
        ]

    def values(self) -> dict[str, Any]:
        given = self.given()
        return {} if given == self.held else {"services": given}
