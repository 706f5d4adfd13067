"""Providers and groups."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from providers.models import CareUnit, CorporateGroup, LegalForm, Provider
from providers.queries import keeping
from providers.web.keeping.forms.base import (
    NOTHING,
    Keeping,
    KeepingForm,
    day_field,
    municipality_choices,
    new_code,
    website_field,
)
from spink.foundation.encryption import keyed_hash
from spink.foundation.identity_numbers import NotAnIdentityNumber, organisation_number
from spink.web.forms import Form


class ProviderForm(KeepingForm):
    """A sole trader's number is written here and never shown again."""

    part = "provider"
    is_reviewed = False
    one_of = {"municipality": municipality_choices}

    class Meta:
        model = Provider
        fields: tuple[str, ...] = (
            "name",
            "group",
            "legal_form",
            "ownership",
            "organisation_number",
            "municipality",
            "contact_person",
            "phone",
            "email",
            "website",
        )
        help_texts = {
            "organisation_number": _("Ten digits. A sole trader's is written in the next field."),
            "group": _("The group (koncern) that it belongs to."),
        }

    website = website_field()
    new_personal_number = forms.CharField(
        label=capfirst(_("sole trader's number")),
        required=False,
        help_text=_("Kept encrypted and shown to nobody. Empty: as before."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "class": "short"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields(
            [
                "name",
                "code",
                "group",
                "legal_form",
                "ownership",
                "organisation_number",
                "new_personal_number",
            ]
        )
        for name in ("legal_form", "ownership"):
            self.fields[name].required = True
            field: Any = self.fields[name]
            field.choices = [NOTHING, *(one for one in field.choices if one[0])]
        group: Any = self.fields["group"]
        group.queryset = keeping.groups()
        group.empty_label = "–"
        number: Any = self.fields["organisation_number"]
        number.max_length = 20
        number.validators = []
        number.widget.attrs = {"class": "short"}

    def clean_organisation_number(self) -> str:
        return _number(self.cleaned_data["organisation_number"], sole_trader=False)

    def clean_new_personal_number(self) -> str:
        return _number(self.cleaned_data["new_personal_number"], sole_trader=True)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        is_sole = cleaned.get("legal_form") == LegalForm.SOLE_TRADER
        if is_sole and cleaned.get("organisation_number"):
            self.add_error(
                "organisation_number", _("A sole trader's number is kept in its own field.")
            )
        if not is_sole and cleaned.get("new_personal_number"):
            self.add_error("new_personal_number", _("Only a sole trader has a personal number."))
        if number := cleaned.get("new_personal_number"):
            others = Provider.objects.exclude(pk=self.instance.pk)
            if others.filter(personal_number_hash=keyed_hash(number)).exists():
                self.add_error("new_personal_number", _("Another provider has this number."))
        if not is_sole and self.instance.personal_number_hash:
            self.instance.personal_number = self.instance.personal_number_hash = ""
        return cleaned

    def values(self) -> dict[str, Any]:
        values = super().values()
        number = values.pop("new_personal_number", "")
        if number:
            values["personal_number"] = number
        elif values.get("legal_form", LegalForm.SOLE_TRADER) != LegalForm.SOLE_TRADER:
            values["personal_number"] = ""
        return values

    def watched(self) -> list[str]:
        return [name for name in super().watched() if name != "new_personal_number"]


class NewProviderForm(ProviderForm):
    class Meta(ProviderForm.Meta):
        fields: tuple[str, ...] = ("name", "code", *ProviderForm.Meta.fields[1:])

    code = new_code()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["new_personal_number"].help_text = _("Kept encrypted and shown to nobody.")


def _number(text: str, *, sole_trader: bool) -> str:
    if not text.strip():
        return ""
    try:
        return organisation_number(text, sole_trader=sole_trader)
    except NotAnIdentityNumber as error:
        raise ValidationError(_("This is no organisation number.")) from error


class GroupForm(KeepingForm):
    part = "group"
    is_reviewed = False

    class Meta:
        model = CorporateGroup
        fields: tuple[str, ...] = ("name",)


class NewGroupForm(GroupForm):
    class Meta(GroupForm.Meta):
        fields: tuple[str, ...] = ("name", "code")

    code = new_code()


class EndProviderForm(Keeping, Form):
    """Every unit of a provider gets its last day."""

    open_to = day_field(
        _("Last day"),
        _("No unit of the provider is a choice for a start later than this."),
        required=True,
    )

    def __init__(self, data: Any, *, provider: Provider, units: list[CareUnit]) -> None:
        super().__init__(data)
        self.units = units
        self.carry(provider)
        self.initial["seen"] = keeping.last_change()

    def clean_open_to(self) -> Any:
        last = self.cleaned_data["open_to"]
        for unit in self.units:
            if unit.open_from and last < unit.open_from:
                raise ValidationError(
                    _("%(unit)s opens after that day: end it on a page of its own first.")
                    % {"unit": unit.name}
                )
        return last

    def values(self) -> dict[str, Any]:
        return {"open_to": self.cleaned_data["open_to"]}
