"""The base of every form: our fields, texts that say what to do, nothing typed is lost."""

from typing import Any

from django import forms
from django.forms.renderers import BaseRenderer
from django.utils.translation import gettext_lazy as _

from spink.web.renderer import Renderer

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


def texts_of(field: forms.Field) -> dict[str, Any]:
    """Our texts for this kind of field, the more particular class winning."""
    found: dict[str, Any] = {}
    for kind in reversed(type(field).__mro__):
        found |= TEXTS.get(kind, {})
    return found


class SpinkFormMixin:
    """For Form and ModelForm alike."""

    default_renderer: BaseRenderer | type[BaseRenderer] | None = Renderer
    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():  # type: ignore[attr-defined]
            _use_texts(field)


def _use_texts(field: forms.Field) -> None:
    """Replace Django's texts by ours, but not those that the form itself has given."""
    given = _given_messages(field)
    field.error_messages |= {
        code: text for code, text in texts_of(field).items() if code not in given
    }


def _given_messages(field: forms.Field) -> set[str]:
    defaults: dict[str, Any] = {}
    for kind in reversed(type(field).__mro__):
        defaults |= getattr(kind, "default_error_messages", {})
    return {code for code, text in field.error_messages.items() if defaults.get(code) is not text}


class Form(SpinkFormMixin, forms.Form):
    """See docs/pages.md, Forms."""


class ModelForm(SpinkFormMixin, forms.ModelForm):  # type: ignore[type-arg]
    """See docs/pages.md, Forms."""
