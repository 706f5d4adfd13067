from typing import Any, cast

from django import forms
from django.db.models import Model, Q
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from spink.foundation import clock
from spink.foundation.keeping import fingerprint
from spink.web.forms import Form, ModelForm


class KeptForm(ModelForm):
    """Fields in `fixed` are given when the row is made and never after: others speak of them."""

    fixed: tuple[str, ...] = ()

    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.is_of_kept_row:
            for name in self.fixed:
                del self.fields[name]
            self.initial["seen"] = fingerprint(self.instance, self._names)

    @property
    def is_of_kept_row(self) -> bool:
        return not self.instance._state.adding

    @property
    def given(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "seen"}

    def seen_now(self, row: Model) -> None:
        """What is sent next is sent by somebody who has seen the row as it stands now."""
        sent: Any = self.data
        sent = sent.copy()
        sent["seen"] = fingerprint(row, self._names)
        self.data = sent

    def differing_from(self, row: Model) -> list[tuple[Any, Any]]:
        """By label what stands in the row, where something else was typed."""
        return [
            (self[name].label, said_of(row, name))
            for name, typed in self.given.items()
            if getattr(row, name) != typed
        ]

    @property
    def _names(self) -> list[str]:
        return [name for name in self.fields if name != "seen"]


def said_of(row: Model, name: str) -> Any:
    """A choice in its words."""
    said = getattr(row, f"get_{name}_display", None)
    return said() if said else getattr(row, name)


WHEN = (("now", _("In force")), ("later", _("To come")), ("ended", _("Ended")))


class Narrowing:
    """What a list is narrowed by, all of it in the address."""

    def __init__(self, data: QueryDict, kept: Any) -> None:
        self.data = data
        self.kept = kept
        self.form = _narrowing_form(kept)(data)

    @property
    def rows(self) -> Any:
        chosen = self.form.cleaned_data if self.form.is_valid() else {}
        rows = self.kept.rows()
        if text := chosen.get("q"):
            rows = rows.filter(_any_holds(self.kept.searched, text))
        if value := chosen.get("by"):
            rows = rows.filter(**{self.kept.narrowed_by: value})
        if when := chosen.get("when"):
            rows = rows.filter(_within(self.kept.model, when))
        return rows


def _narrowing_form(kept: Any) -> type[Form]:
    fields: dict[str, forms.Field] = {}
    if kept.searched:
        box = forms.TextInput(attrs={"type": "search"})
        fields["q"] = forms.CharField(label=_("Search"), required=False, max_length=80, widget=box)
    if kept.narrowed_by:
        column = kept.model._meta.get_field(kept.narrowed_by)
        choices = [("", _("All")), *_choices_of(column)]
        label = kept.form.base_fields[kept.narrowed_by].label
        fields["by"] = forms.ChoiceField(label=label, required=False, choices=choices)
    if kept.is_dated:
        choices = [("", _("All")), *WHEN]
        fields["when"] = forms.ChoiceField(label=_("When"), required=False, choices=choices)
    return cast(type[Form], type("NarrowingForm", (Form,), fields))


def _choices_of(column: Any) -> list[tuple[Any, Any]]:
    if column.choices:
        return list(column.choices)
    return [(row.pk, str(row)) for row in column.related_model._default_manager.all()]


def _within(model: Any, when: str) -> Q:
    today = clock.today()
    begins = any(field.name == "valid_from" for field in model._meta.concrete_fields)
    later = Q(valid_from__gt=today) if begins else Q(pk__in=[])
    ended = Q(valid_to__lt=today)
    return {"later": later, "ended": ended}.get(when, ~later & (Q(valid_to=None) | ~ended))


def _any_holds(names: tuple[str, ...], text: str) -> Q:
    found = Q()
    for name in names:
        found |= Q(**{f"{name}__icontains": text})
    return found
