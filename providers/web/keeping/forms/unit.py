"""A care unit, in the parts that a keeper thinks of it in."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from providers.models import (
    CareUnit,
    CareUnitAddress,
    DirectAwardVetting,
    Gender,
    Permit,
    RateUnit,
)
from providers.queries.keeping import is_protected
from providers.web.keeping.forms.base import (
    SHORT,
    KeepingForm,
    day_field,
    member_choices,
    municipality_choices,
    need_choices,
    new_code,
    website_field,
)

OLDEST = 120


class NewUnitForm(KeepingForm):
    part = "unit"

    class Meta:
        model = CareUnit
        fields = ("name", "code", "municipality", "operated_by", "open_from")
        help_texts = {
            "operated_by": _("The municipality whose own unit it is. Empty for all others."),
        }

    one_of = {"municipality": municipality_choices, "operated_by": member_choices}

    code = new_code()


class AboutForm(KeepingForm):
    part = "unit"
    plannable = True
    one_of = {"operated_by": member_choices}

    class Meta:
        model = CareUnit
        fields = (
            "name",
            "operated_by",
            "takes_acute_admissions",
            "open_from",
            "methods",
            "staffing",
        )
        widgets = {"staffing": forms.Textarea(attrs={"rows": 3})}
        help_texts = {
            "operated_by": _("The municipality whose own unit it is. Empty for all others."),
            "takes_acute_admissions": _("Day and night, without notice."),
        }

    methods = forms.CharField(
        label=_("methods"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("One a line."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["methods"] = "\n".join(self.instance.methods)

    def clean_methods(self) -> list[str]:
        lines = [line.strip() for line in self.cleaned_data["methods"].splitlines()]
        methods = list(dict.fromkeys(line for line in lines if line))
        if any(len(method) > 120 for method in methods):
            raise ValidationError(_("A method is at most 120 characters."))
        return methods

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if "methods" in self.changed_data and cleaned.get("methods") == self.instance.methods:
            self.changed_data.remove("methods")
        last = self.instance.open_to
        if last and cleaned.get("open_from") and cleaned["open_from"] > last:
            self.add_error("open_from", _("The unit ends before that day."))
        return cleaned


class TargetForm(KeepingForm):
    """Whom the unit is for."""

    part = "unit"
    plannable = True
    codes = {
        "genders": lambda: Gender.choices,
        "needs_met": need_choices,
        "needs_refused": need_choices,
        "priority_needs": need_choices,
    }

    class Meta:
        model = CareUnit
        fields = (
            "age_from",
            "age_to",
            "companion_age_from",
            "companion_age_to",
            "genders",
            "drug_free",
            "needs_met",
            "needs_refused",
            "priority_group",
            "priority_age_from",
            "priority_age_to",
            "priority_needs",
        )
        widgets = {"priority_group": forms.Textarea(attrs={"rows": 2})}
        help_texts = {
            "age_to": _("The last age that is taken. Empty: no upper limit."),
            "companion_age_from": _("Both empty: the ages that the unit has for others."),
            "genders": _("None chosen: all."),
            "priority_group": _("Whom the unit keeps its places for when it is full, in words."),
            "priority_age_to": _("Whoever is of these ages belongs to the group."),
            "priority_needs": _("Whoever has one of these needs belongs to the group."),
        }

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        for ages in ("age", "companion_age", "priority_age"):
            self._check_span(cleaned, f"{ages}_from", f"{ages}_to")
        both = set(cleaned.get("needs_met") or ()) & set(cleaned.get("needs_refused") or ())
        if both:
            self.add_error("needs_refused", _("A need is both met and refused."))
        told = ("priority_age_from", "priority_age_to", "priority_needs")
        is_told = any(cleaned.get(name) not in (None, []) for name in told)
        if is_told and not cleaned.get("priority_group"):
            self.add_error("priority_group", _("Say who the priority group is."))
        return cleaned

    def _check_span(self, cleaned: dict[str, Any], low: str, high: str) -> None:
        first, last = cleaned.get(low), cleaned.get(high)
        for name in (low, high):
            if (cleaned.get(name) or 0) > OLDEST:
                self.add_error(name, _("Give an age in whole years, at most 120."))
        if first is not None and last is not None and last < first:
            self.add_error(high, _("The span ends below the age that it begins with."))


class PlacesForm(KeepingForm):
    """How many places there are; how many are taken is counted on a page of its own."""

    part = "unit"
    plannable = True

    class Meta:
        model = CareUnit
        fields = ("places_total",)
        help_texts = {"places_total": _("Empty: the unit is not counted in places.")}


class RateForm(KeepingForm):
    part = "unit"
    plannable = True

    class Meta:
        model = CareUnit
        fields = ("in_house_rate", "in_house_rate_from")
        help_texts = {"in_house_rate": _("Kronor a day, for the own municipality.")}

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("in_house_rate") is not None and not self.instance.operated_by:
            self.add_error("in_house_rate", _("Only a municipality's own unit has such a rate."))
        return cleaned


class ContactForm(KeepingForm):
    part = "unit"
    is_reviewed = False

    class Meta:
        model = CareUnit
        fields = ("unit_director", "contact_person", "phone", "email", "website")

    website = website_field()


class LocationForm(KeepingForm):
    """Where the unit lies; of protected housing the municipality and no more."""

    part = "unit"
    one_of = {"municipality": municipality_choices}

    class Meta:
        model = CareUnit
        fields = ("municipality", "district", "latitude", "longitude")
        help_texts = {
            "latitude": _("Degrees north with decimals (WGS 84), for example 57.7072"),
            "longitude": _("Degrees east with decimals (WGS 84), for example 11.9668"),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_protected(self.instance):
            del self.fields["latitude"], self.fields["longitude"]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if "latitude" not in self.fields or {"latitude", "longitude"} & self.errors.keys():
            return cleaned
        given = [name for name in ("latitude", "longitude") if cleaned.get(name) is not None]
        if len(given) == 1:
            missing = "longitude" if given == ["latitude"] else "latitude"
            self.add_error(missing, _("A position is both latitude and longitude."))
        elif given and not _is_in_sweden(cleaned["latitude"], cleaned["longitude"]):
            self.add_error("latitude", _("The position lies outside Sweden."))
        return cleaned


def _is_in_sweden(latitude: float, longitude: float) -> bool:
    """Roughly; who has turned the two around lands in Somalia."""
    return 55 <= latitude <= 69.1 and 10.5 <= longitude <= 24.2


class AddressForm(KeepingForm):
    part = "address"
    is_reviewed = False

    class Meta:
        model = CareUnitAddress
        fields = ("street", "postal_code", "city")
        widgets = {"postal_code": forms.TextInput(attrs=SHORT)}


class PermitForm(KeepingForm):
    """A permit from IVO, with the document that was seen."""

    part = "permit"

    class Meta:
        model = Permit
        fields = (
            "required",
            "number",
            "activity",
            "valid_from",
            "valid_to",
            "evidence",
            "evidence_date",
        )
        help_texts = {
            "required": _("The unit's services need a permit from IVO."),
            "activity": _("The activity that the permit is for, as it stands in the decision."),
            "valid_from": _("Empty: the permit is needed and not held."),
            "valid_to": _("Empty: until further notice. A revoked permit: its last day."),
            "evidence": _("The document that was seen: decision, case number."),
        }

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        check_period(self, cleaned, "valid_from", "valid_to")
        if cleaned.get("valid_to") and not cleaned.get("valid_from"):
            self.add_error("valid_from", _("Give the day that the permit holds from."))
        return cleaned


class DirectAwardForm(KeepingForm):
    """Spink's decision that the unit may be used for direct award."""

    part = "direct_award"
    plannable = True

    class Meta:
        model = DirectAwardVetting
        fields = ("vetted_from", "vetted_to", "decision", "rate", "rate_unit", "rate_from")
        help_texts = {
            "decision": _("The number of the decision to add the unit."),
            "vetted_to": _("Empty: until further notice."),
        }

    rate_unit = forms.ChoiceField(label=_("rate unit"), choices=RateUnit.choices)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        check_period(self, cleaned, "vetted_from", "vetted_to")
        if cleaned.get("rate_from") and cleaned.get("rate") is None:
            self.add_error("rate", _("Give the rate that holds from that day."))
        return cleaned


class EndUnitForm(KeepingForm):
    part = "unit"

    class Meta:
        model = CareUnit
        fields = ("open_to",)

    open_to = day_field(
        _("Last day"),
        _("The unit is not a choice for a start later than this. It stays in the register."),
        required=True,
    )

    def clean_open_to(self) -> Any:
        last = self.cleaned_data["open_to"]
        if self.instance.open_from and last < self.instance.open_from:
            raise ValidationError(_("The unit opens after that day."))
        return last


def check_period(form: Any, cleaned: dict[str, Any], first: str, last: str) -> None:
    """The end of a period, said at its own field."""
    if cleaned.get(first) and cleaned.get(last) and cleaned[last] < cleaned[first]:
        form.add_error(last, _("It ends before it begins."))
