"""Forms of the administration: codes are chosen from the catalogue and not typed."""

from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BaseInlineFormSet
from django.utils.translation import gettext_lazy as _

from providers.models import Gender
from providers.queries.history import last_change_of
from providers.telling import told_since
from spink.accounts import queries as accounts
from spink.catalogue import queries as catalogue
from spink.foundation import clock
from spink.foundation.identity_numbers import NotAnIdentityNumber, organisation_number

Choices = Iterable[tuple[str, Any]]

PROTECTED = "protected_housing"
CHANGED_MEANWHILE = _(
    "Somebody has changed this since you opened it. What you typed is still here: compare it with "
    "the changes below, and save once more to let yours hold."
)


def need_choices() -> Choices:
    return [(need.code, need.name) for need in catalogue.special_needs(clock.today())]


def municipality_choices() -> Choices:
    return [(one.code, one.name) for one in accounts.municipalities()]


def subtype_choices() -> Choices:
    by_service = catalogue.subtypes_by_service(clock.today())
    return sorted({(one.code, one.name) for found in by_service.values() for one in found})


def reason_choices() -> Choices:
    reasons = catalogue.reasons("stop", clock.today())
    return [("", "---------"), *((reason.code, reason.name) for reason in reasons)]


class SeenForm(forms.ModelForm):  # type: ignore[type-arg]
    """Who saves over what somebody else has changed meanwhile is told what, and keeps the text.

    The form carries the last change of its row; it is checked while nobody else can change one.
    """

    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["seen"] = self._last_change()

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        seen, last = cleaned.get("seen") or 0, self._last_change()
        if seen < last:
            data: Any = self.data
            typed = data.copy()
            typed[self.add_prefix("seen")] = str(last)
            self.data = typed
            raise ValidationError([CHANGED_MEANWHILE, *self._told(seen)])
        return cleaned

    def _told(self, seen: int) -> list[str]:
        return told_since(self.instance, seen)

    def _last_change(self) -> int:
        return last_change_of(self.instance)


class CodesForm(forms.ModelForm):  # type: ignore[type-arg]
    """Sets of codes as multiple choices; what a row holds already can always be kept."""

    codes: dict[str, Callable[[], Choices]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in self.codes.items():
            if name in self.fields:
                self.fields[name] = self._choice(name, list(choices()))

    def _choice(self, name: str, choices: list[tuple[str, Any]]) -> forms.MultipleChoiceField:
        known = {code for code, _name in choices}
        held = [(code, code) for code in getattr(self.instance, name) if code not in known]
        return forms.MultipleChoiceField(
            label=self.fields[name].label, choices=[*choices, *held], required=False
        )


class CareUnitForm(CodesForm, SeenForm):
    codes = {
        "genders": lambda: Gender.choices,
        "needs_met": need_choices,
        "needs_refused": need_choices,
    }


class PartiesForm(CodesForm, SeenForm):
    codes = {"parties": municipality_choices}


class SubtypesForm(CodesForm):
    codes = {"subtypes": subtype_choices}

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        service, chosen = cleaned.get("service_type"), set(cleaned.get("subtypes") or ())
        known = catalogue.subtype_codes().get(service.code, frozenset()) if service else set()
        if service and not chosen <= known:
            self.add_error("subtypes", _("A subtype belongs to another service."))
        return cleaned


class StopForm(SeenForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "reason_code" in self.fields:
            held = self.instance.reason_code
            choices = dict([(held, held), *reason_choices()])
            self.fields["reason_code"] = forms.ChoiceField(
                label=self.fields["reason_code"].label,
                choices=list(choices.items()),
                required=False,
            )


class ProviderForm(SeenForm):
    """A sole trader's number is written here and never shown again."""

    new_personal_number = forms.CharField(
        label=_("sole trader's number"),
        required=False,
        help_text=_("Kept encrypted and shown to nobody. Empty: as before."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def clean_new_personal_number(self) -> str:
        number: str = self.cleaned_data["new_personal_number"]
        if not number:
            return ""
        try:
            return organisation_number(number, sole_trader=True)
        except NotAnIdentityNumber as error:
            raise ValidationError(_("This is no organisation number.")) from error

    def save(self, commit: bool = True) -> Any:
        if number := self.cleaned_data["new_personal_number"]:
            self.instance.personal_number = number
        return super().save(commit)


class AddressFormSet(BaseInlineFormSet):  # type: ignore[type-arg]
    """No address of protected housing is kept, whether it is so already or becomes it now."""

    def clean(self) -> None:
        super().clean()
        given = any(form.has_changed() and not form.cleaned_data.get("DELETE") for form in self)
        if given and (self._is_protected() or self._becomes_protected()):
            raise ValidationError(_("No address of protected housing is kept."))

    def _is_protected(self) -> bool:
        unit: Any = self.instance
        return bool(unit.pk) and unit.services.filter(service_type__code=PROTECTED).exists()

    def _becomes_protected(self) -> bool:
        return any(
            name.startswith("services-") and value == PROTECTED for name, value in self.data.items()
        )
