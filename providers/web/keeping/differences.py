"""What a form changes, in words: each field with what it was and what it becomes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.forms import BaseForm
from django.utils.formats import localize
from django.utils.text import capfirst
from django.utils.translation import pgettext

from spink.web import wording

NOTHING = "–"


@dataclass(frozen=True, slots=True)
class Difference:
    label: str
    before: str
    after: str


def differences(form: Any) -> list[Difference]:
    changed = [name for name in form.changed_data if name in form.told]
    return [
        Difference(
            capfirst(str(form.fields[name].label)),
            said(form, name, form.initial.get(name)),
            said(form, name, form.cleaned_data.get(name)),
        )
        for name in changed
    ]


def said(form: BaseForm, name: str, value: Any) -> str:
    choices = getattr(form.fields[name], "choices", None)
    return said_of(value, dict(choices) if choices is not None else {})


def said_of(value: Any, names: Mapping[Any, Any]) -> str:
    """A value as a reader sees it; of codes their names."""
    if value is None or value in ("", []):
        return NOTHING
    if isinstance(value, bool):
        return pgettext("value", "yes") if value else pgettext("value", "no")
    if isinstance(value, list | tuple):
        return wording.listed([str(names.get(one, one)) for one in value])
    if isinstance(value, date):
        return wording.day(value)
    if isinstance(value, Decimal | float):
        return localize(value)
    return str(names.get(value, value))
