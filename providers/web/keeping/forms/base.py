"""What the forms of the register have in common: what was read, what is changed, and from when."""

from collections.abc import Callable, Iterable
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db.models import Model
from django.http import QueryDict
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from providers.queries.history import last_change_of
from spink.accounts import queries as accounts
from spink.catalogue import queries as catalogue
from spink.foundation import clock
from spink.web.forms import ModelForm

Choices = Iterable[tuple[str, Any]]

SHORT = {"class": "short"}
SHORTER = {"class": "shorter"}
NOTHING = ("", "–")


def day_field(label: Any, help_text: Any = "", *, required: bool = False) -> forms.DateField:
    return forms.DateField(
        label=label,
        help_text=help_text,
        required=required,
        widget=forms.DateInput(attrs=SHORTER, format="%Y-%m-%d"),
    )


def website_field() -> forms.URLField:
    return forms.URLField(
        label=capfirst(_("website")), required=False, assume_scheme="https", max_length=200
    )


def new_code() -> forms.CharField:
    """A code that is given once. That no other row has it, the model's form finds out."""
    return forms.CharField(
        label=capfirst(_("code")),
        max_length=60,
        help_text=_("What other systems know it by. It cannot be changed afterwards."),
        validators=[
            RegexValidator(
                r"^[0-9A-Za-zÅÄÖåäö._-]+\Z",
                _("A code has letters, figures, dots and hyphens alone."),
            )
        ],
        widget=forms.TextInput(attrs=SHORT),
    )


def need_choices() -> Choices:
    return [(need.code, need.name) for need in catalogue.special_needs(clock.today())]


def municipality_choices() -> Choices:
    return [(one.code, one.name) for one in accounts.municipalities()]


def member_choices() -> Choices:
    return [(one.code, one.name) for one in accounts.municipalities() if one.is_member]


class Keeping:
    """What every form of the register carries and tells.

    `part` is its name among the actions' parts, `owner` the row that its page is about. `seen` is
    the last change of the diary that the page knew. A form that is `plannable` asks from when the
    change holds.
    """

    part = ""
    plannable = False
    is_reviewed = True
    """Whether what the change does is shown before it is saved: not for what no match reads."""

    def carry(self, owner: Any) -> None:
        form: Any = self
        self.owner = owner
        form.fields["seen"] = forms.IntegerField(required=False, widget=forms.HiddenInput)
        form.initial["seen"] = last_change_of(owner)
        if self.plannable and owner.pk:
            form.fields["day"] = day_field(
                _("Holds from"), _("Empty: from now on. A later day keeps the change until then.")
            )

    def clean_day(self) -> Any:
        form: Any = self
        day = form.cleaned_data["day"]
        if day is not None and day < clock.today():
            raise ValidationError(_("A change cannot be made to hold from a day that has passed."))
        return None if day == clock.today() else day

    @property
    def day(self) -> Any:
        """The later day on which the change is to be made; None for now."""
        form: Any = self
        return form.cleaned_data.get("day")

    @property
    def seen_change(self) -> int | None:
        form: Any = self
        seen: int | None = form.cleaned_data.get("seen")
        return seen

    @property
    def told(self) -> list[str]:
        """The fields that are part of the register, in order."""
        form: Any = self
        return [name for name in form.fields if name not in ("seen", "day")]

    def values(self) -> dict[str, Any]:
        """What is changed, by attribute; of a new row everything."""
        raise NotImplementedError

    def watched(self) -> list[str]:
        """The columns that the page showed; none for all of the part's."""
        return []

    def renew(self) -> None:
        """What was typed, from now on against the register as it is."""
        form: Any = self
        data = cast(QueryDict, form.data).copy()
        data[form.add_prefix("seen")] = str(last_change_of(self.owner))
        form.data = data


class KeepingForm(Keeping, ModelForm):
    """A row of the register.

    `codes` and `one_of` are fields that are chosen from the catalogue; what a row holds already
    can always be kept.
    """

    one_of: dict[str, Callable[[], Choices]] = {}
    codes: dict[str, Callable[[], Choices]] = {}

    def __init__(self, *args: Any, owner: Model | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.carry(owner if owner is not None else self.instance)
        for name, choices in self.codes.items():
            self.fields[name] = self._codes(name, list(choices()))
        for name, choices in self.one_of.items():
            self.fields[name] = self._one_of(name, list(choices()))
        for field in self.fields.values():
            _size(field)

    def _codes(self, name: str, choices: list[tuple[str, Any]]) -> forms.MultipleChoiceField:
        known = {code for code, _name in choices}
        held = [(code, code) for code in getattr(self.instance, name) if code not in known]
        old = self.fields[name]
        return forms.MultipleChoiceField(
            label=old.label,
            help_text=old.help_text,
            choices=[*choices, *held],
            required=old.required,
            widget=forms.CheckboxSelectMultiple,
        )

    def _one_of(self, name: str, choices: list[tuple[str, Any]]) -> forms.ChoiceField:
        old, held = self.fields[name], getattr(self.instance, name)
        known = dict([NOTHING, *choices])
        if held and held not in known:
            known[held] = held
        return forms.ChoiceField(
            label=old.label, help_text=old.help_text, choices=list(known.items()), required=False
        )

    def values(self) -> dict[str, Any]:
        changed = self.told if self.instance.pk is None else self.changed_data
        return self._values_of([name for name in changed if name in self.told])

    def watched(self) -> list[str]:
        return list(self._values_of(self.told))

    def _values_of(self, names: Iterable[str]) -> dict[str, Any]:
        found = {}
        for name in names:
            field, value = self.fields[name], self.cleaned_data.get(name)
            if isinstance(field, forms.ModelChoiceField):
                key = field.to_field_name or "pk"
                found[f"{name}_id"] = getattr(value, key) if value else None
            else:
                found[name] = value
        return found


def _size(field: forms.Field) -> None:
    if isinstance(field, forms.DateField):
        field.widget = forms.DateInput(attrs=SHORTER, format="%Y-%m-%d")
    elif isinstance(field, forms.DecimalField | forms.FloatField):
        field.localize = True  # a comma as well as a point
        field.widget = forms.TextInput(attrs=SHORTER | {"inputmode": "decimal"})
        field.widget.is_localized = True
    elif isinstance(field, forms.IntegerField):
        field.widget.attrs.setdefault("class", "shorter")
