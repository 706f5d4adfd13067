from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from placements.actions import PersonDetails
from placements.domain.sections import Section
from placements.domain.values import NumberKind, Protection
from placements.models import PersonIdentity, PlacementRequest
from placements.models.choices import Genders, NumberKinds, Protections
from placements.web.filing.forms.base import SectionForm
from spink.foundation import clock
from spink.foundation.identity_numbers import (
    NotAnIdentityNumber,
    PersonNumber,
    person_number,
)

CHECKED_KINDS = frozenset({NumberKind.PERSONAL, NumberKind.COORDINATION})

WRONG_NUMBER = {
    "digits": _("Write the number with twelve figures: year, month, day and the four last."),
    "date": _("The number does not begin with a day that exists."),
    "checksum": _("The number is not right: its last figure does not match the others."),
    "future": _("The number says that the person is not born yet."),
    "kind": _("The number is not that of a person."),
}


class PersonForm(SectionForm):
    section = Section.PERSON

    number_kind = forms.ChoiceField(
        label=_("What number does the person have?"),
        choices=NumberKinds.choices,
        widget=forms.RadioSelect,
    )
    number = forms.CharField(
        label=_("Number"),
        help_text=_("Twelve figures, for example 19850312-1234. Kept encrypted."),
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs={"class": "short", "autocomplete": "off"}),
    )
    given_name = forms.CharField(
        label=_("Given name"),
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    family_name = forms.CharField(
        label=_("Family name"),
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    age = forms.IntegerField(
        label=_("Age"),
        help_text=_("Only where the number does not say it."),
        min_value=0,
        max_value=120,
        required=False,
        widget=forms.TextInput(attrs={"class": "shorter", "inputmode": "numeric"}),
    )
    gender = forms.ChoiceField(
        label=_("Gender"), choices=Genders.choices, widget=forms.RadioSelect, required=False
    )
    address = forms.CharField(
        label=_("Address"),
        max_length=300,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    protection = forms.ChoiceField(
        label=_("Does the person have a protected identity?"),
        help_text=_(
            "Name, number and address of a protected person are shown to nobody but you, "
            "and to no officer."
        ),
        choices=Protections.choices,
        widget=forms.RadioSelect,
    )

    def initial_of(self, request: PlacementRequest) -> dict[str, Any]:
        person = request.person
        if person is None:
            return self._of_household(request) | {"number_kind": NumberKind.PERSONAL}
        identity = PersonIdentity.objects.filter(person=person).first()
        return {
            "number_kind": person.number_kind,
            "number": identity.number if identity else "",
            "given_name": identity.given_name if identity else "",
            "family_name": identity.family_name if identity else "",
            "address": identity.address if identity else "",
            "protection": person.said_protection,
            "age": request.age,
            "gender": request.gender,
        }

    @staticmethod
    def _of_household(request: PlacementRequest) -> dict[str, Any]:
        """Of a child, what is likely the same as the adult's, as far as it may be read."""
        adult = request.household_of
        if adult is None or adult.person is None:
            return {"protection": Protection.NONE}
        identity = PersonIdentity.objects.filter(person=adult.person).first()
        return {
            "protection": adult.person.said_protection,
            "family_name": identity.family_name if identity else "",
            "address": identity.address if identity else "",
        }

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        kind, text = cleaned.get("number_kind"), cleaned.get("number", "")
        cleaned["checked_number"] = None
        if kind == NumberKind.NONE and text:
            self.add_error("number", _("Say what kind of number this is, or leave it out."))
        if kind in CHECKED_KINDS and text:
            cleaned["checked_number"] = self._checked(text)
        return cleaned

    def _checked(self, text: str) -> PersonNumber | None:
        try:
            return person_number(text, today=clock.today())
        except NotAnIdentityNumber as wrong:
            self.add_error("number", WRONG_NUMBER[wrong.reason])
            return None

    def take_over_mark(self, request: PlacementRequest) -> None:
        """A mark that came while the form was open stands in it, not what was chosen before."""
        mark = self.initial_of(request)["protection"]
        if mark != self.data.get("protection"):
            self.put("protection", mark)
            self.add_error("protection", _("This was changed meanwhile: look at it once more."))

    def details(self) -> PersonDetails:
        cleaned = self.cleaned_data
        is_reserve = cleaned["number_kind"] == NumberKind.RESERVE
        return PersonDetails(
            given_name=cleaned["given_name"].strip(),
            family_name=cleaned["family_name"].strip(),
            number_kind=NumberKind(cleaned["number_kind"]),
            number=cleaned["checked_number"],
            other_number=cleaned["number"].strip() if is_reserve else "",
            address=cleaned["address"].strip(),
            protection=Protection(cleaned["protection"]),
            age=cleaned["age"],
            gender=cleaned["gender"],
        )
