"""The base of every form: our fields, texts that say what to do, nothing typed is lost."""

from collections.abc import Iterator
from typing import Any, cast

from django import forms
from django.forms.boundfield import BoundField
from django.forms.renderers import BaseRenderer
from django.utils.translation import gettext_lazy as _

from spink.web.renderer import Renderer

RENDERER = Renderer()  # one for all forms: it keeps the widgets' templates once they are read

# What a field says when it is wrong, by the code of the error. A field's own
# `error_messages` win over these.
TEXTS: dict[type[forms.Field], dict[str, Any]] = {
    forms.Field: {"required": _("Fill in this field")},
    forms.ChoiceField: {
        "required": _("Choose one of the alternatives"),
        "invalid_choice": _("Choose one of the alternatives that are listed"),
    },
    forms.ModelChoiceField: {
        "required": _("Choose one of the alternatives"),
        "invalid_choice": _("Choose one of the alternatives that are listed"),
    },
    forms.MultipleChoiceField: {"required": _("Choose at least one alternative")},
    forms.ModelMultipleChoiceField: {"required": _("Choose at least one alternative")},
    forms.DateField: {
        "required": _("Give a date"),
        "invalid": _("Write the date as year, month and day, for example 2026-03-05"),
    },
    forms.IntegerField: {"invalid": _("Write a whole number in figures")},
    forms.DecimalField: {"invalid": _("Write a number in figures")},
    forms.EmailField: {
        "invalid": _("Write a complete e-mail address, for example name@example.se")
    },
}


DAYS_ARE_WRITTEN = ["%Y-%m-%d", "%Y%m%d", "%d/%m %Y", "%d/%m/%Y", "%d.%m.%Y"]
"""Django's own for Swedish take 3/12/2026 for the twelfth of March."""


def texts_of(field: forms.Field) -> dict[str, Any]:
    """Our texts for this kind of field, the more particular class winning."""
    found: dict[str, Any] = {}
    for kind in reversed(type(field).__mro__):
        found |= TEXTS.get(kind, {})
    return found


# Codes of errors whose texts speak of "this field" and not of what it is about.
GENERAL = {
    "required",
    "invalid",
    "invalid_choice",
    "max_length",
    "min_length",
    "max_value",
    "min_value",
    "step_size",
    "max_digits",
    "max_decimal_places",
    "max_whole_digits",
    "null_characters_not_allowed",
}


class SpinkFormMixin:
    """For Form and ModelForm alike."""

    default_renderer: BaseRenderer | type[BaseRenderer] | None = RENDERER
    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():  # type: ignore[attr-defined]
            ours = {code: text for code, text in texts_of(field).items() if not _gives(field, code)}
            field.error_messages |= ours
            if isinstance(field, forms.DateField):
                field.input_formats = DAYS_ARE_WRITTEN


def _gives(field: forms.Field, code: str) -> bool:
    """Whether the form has given this field a text of its own for the code."""
    known = [getattr(kind, "default_error_messages", {}).get(code) for kind in type(field).__mro__]
    general = next((text for text in known if text is not None), None)
    return field.error_messages.get(code) not in (None, general, texts_of(field).get(code))


def said_in_summary(bound: BoundField) -> Iterator[str]:
    """The errors of a field as they can stand alone: a general text gets the label before it."""
    for error in bound.errors.as_data():
        text = str(next(iter(error)))
        if error.code in GENERAL and not _gives(bound.field, error.code):
            text = f"{bound.label}: {text[:1].lower()}{text[1:]}"
        yield text


class Form(SpinkFormMixin, forms.Form):
    """See docs/pages.md, Forms."""


def offer(form: forms.BaseForm, name: str, choices: Any) -> None:
    """Give a field the choices that come from data, when the form is made."""
    cast(forms.ChoiceField, form.fields[name]).choices = choices


class ModelForm(SpinkFormMixin, forms.ModelForm):  # type: ignore[type-arg]
    """See docs/pages.md, Forms."""
