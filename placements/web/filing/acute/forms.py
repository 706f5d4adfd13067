from collections.abc import Iterable, Mapping
from datetime import datetime
from itertools import groupby
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from placements.actions import PersonDetails
from placements.domain.sections import Section
from placements.domain.values import NumberKind, Protection
from placements.models.choices import Genders, Protections
from placements.web.filing.forms.answers import reason_choices
from placements.web.filing.forms.needs import AgesField
from placements.web.filing.forms.person import WRONG_NUMBER
from spink.accounts.models import Unit
from spink.catalogue import queries as catalogue
from spink.catalogue.models import ReasonKind
from spink.foundation import clock
from spink.foundation.clock import STOCKHOLM
from spink.foundation.identity_numbers import NotAnIdentityNumber, person_number
from spink.web.forms import Form, offer
from spink.web.versions import VersionedForm

NOT_REMEMBERED = {"autocomplete": "off"}


class AcuteForm(Form):
    """The least that a match asks for; the unit fills in the rest on the next working day."""

    service_type = forms.ChoiceField(label=_("Service"))
    subtype = forms.ChoiceField(
        label=_("Subtype"), help_text=_("Choose among those of the service."), required=False
    )
    age = forms.IntegerField(
        label=_("Age"),
        help_text=_("An estimate will do."),
        min_value=0,
        max_value=120,
        widget=forms.TextInput(attrs={"class": "shorter", "inputmode": "numeric"}),
    )
    gender = forms.ChoiceField(
        label=_("Gender"), choices=Genders.choices, widget=forms.RadioSelect, required=False
    )
    companions = AgesField(
        label=_("Ages of accompanying persons"),
        help_text=_("In whole years, with a comma between. Leave it empty if nobody comes along."),
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"class": "short"}),
    )
    needs_required = forms.MultipleChoiceField(
        label=_("Needs that must be met"), widget=forms.CheckboxSelectMultiple, required=False
    )
    given_name = forms.CharField(
        label=_("Given name"),
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs=NOT_REMEMBERED),
    )
    family_name = forms.CharField(
        label=_("Family name"),
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs=NOT_REMEMBERED),
    )
    number = forms.CharField(
        label=_("Personal identity number"),
        help_text=_("Twelve figures, for example 19850312-1234. Kept encrypted."),
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs={"class": "short", **NOT_REMEMBERED}),
    )
    protection = forms.ChoiceField(
        label=_("Does the person have a protected identity?"),
        choices=Protections.choices,
        initial=Protection.NONE,
    )
    unit = forms.ChoiceField(
        label=_("Which unit completes the request?"),
        help_text=_("It finds the request in its list on the next working day."),
    )
    description = forms.CharField(
        label=_("What has happened"),
        max_length=8000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, units: Iterable[Unit], own: frozenset[int], **kwargs: Any):
        super().__init__(*args, **kwargs)
        today = clock.today()
        services = catalogue.requestable_services(today)
        subtypes = catalogue.subtypes_by_service(today)
        self.subtypes = {code: {one.code for one in found} for code, found in subtypes.items()}
        named = [(one.code, one.name) for one in services]
        offer(self, "service_type", [("", _("Choose a service")), *named])
        groups = [
            (one.name, [(sub.code, sub.name) for sub in subtypes.get(one.code, [])])
            for one in services
        ]
        offer(self, "subtype", [("", _("No subtype")), *(group for group in groups if group[1])])
        needs = [(need.code, need.name) for need in catalogue.special_needs(today)]
        offer(self, "needs_required", needs)
        listed = list(units)
        offer(self, "unit", _by_department(listed))
        self.initial.setdefault("unit", next((one.pk for one in listed if one.pk in own), None))

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        service, subtype = cleaned.get("service_type", ""), cleaned.get("subtype", "")
        if subtype and subtype not in self.subtypes.get(service, set()):
            self.add_error("subtype", _("Choose a subtype of the service."))
        return cleaned

    def clean_number(self) -> Any:
        text = self.cleaned_data["number"]
        try:
            return person_number(text, today=clock.today()) if text else None
        except NotAnIdentityNumber as wrong:
            raise forms.ValidationError(WRONG_NUMBER[wrong.reason]) from None

    def details(self) -> PersonDetails:
        cleaned = self.cleaned_data
        number = cleaned["number"]
        return PersonDetails(
            given_name=cleaned["given_name"].strip(),
            family_name=cleaned["family_name"].strip(),
            number_kind=_kind(number),
            number=number,
            protection=Protection(cleaned["protection"]),
            age=cleaned["age"],
            gender=cleaned["gender"],
        )

    def sections(self) -> Mapping[Section, Mapping[str, Any]]:
        names = {
            Section.SERVICE: ("service_type", "subtype"),
            Section.NEEDS: ("needs_required", "companions"),
            Section.MORE: ("description",),
        }
        return {
            section: {name: self.cleaned_data[name] for name in fields}
            for section, fields in names.items()
        }


def _kind(number: Any) -> NumberKind:
    if number is None:
        return NumberKind.NONE
    return NumberKind.COORDINATION if number.is_coordination_number else NumberKind.PERSONAL


def _by_department(units: list[Unit]) -> list[tuple[str, list[tuple[int, str]]]]:
    return [
        (department, [(unit.pk, unit.name) for unit in found])
        for department, found in groupby(units, key=lambda unit: unit.department.name)
    ]


class PlaceForm(VersionedForm):
    """Which unit took the person, when, and why it could not wait."""

    kept_text = "text"
    unit = forms.ChoiceField(
        label=_("Which unit took the person?"),
        error_messages={"required": _("Choose the unit that took the person.")},
    )
    reason = forms.ChoiceField(
        label=_("Why could the ordinary order not be waited for?"),
        error_messages={"required": _("Choose why it could not wait.")},
    )
    skipped_rung_reason = forms.ChoiceField(
        label=_("Why is an earlier rung passed?"),
        help_text=_("Only when a unit of an earlier rung could have been used."),
        required=False,
    )
    placed_on = forms.DateField(
        label=_("Day of the placement"), widget=forms.DateInput(attrs={"class": "short"})
    )
    placed_time = forms.TimeField(
        label=_("Time of the placement"),
        widget=forms.TimeInput(format="%H:%M", attrs={"class": "shorter"}),
        error_messages={
            "invalid": _("Write the time as hours and minutes, for example 08:00"),
        },
    )
    text = forms.CharField(
        label=_("What was agreed with the unit"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, units: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "unit", list(units))
        for name, kind in (
            ("reason", ReasonKind.ACUTE_PLACEMENT),
            ("skipped_rung_reason", ReasonKind.SKIPPED_RUNG),
        ):
            offer(self, name, [("", _("Choose a reason")), *reason_choices(kind)])

    @property
    def placed_at(self) -> datetime:
        cleaned = self.cleaned_data
        return datetime.combine(cleaned["placed_on"], cleaned["placed_time"], STOCKHOLM)
