"""Filters that stand in the address, each of which can be taken away."""

from dataclasses import dataclass
from typing import Any

from django.http import QueryDict


@dataclass(frozen=True, slots=True)
class ChosenFilter:
    text: str
    url: str
    """The address that is left without it."""


def chosen_filters(filterset: Any) -> list[ChosenFilter]:
    """Each filter of a filter set that is in force, in the words of its field."""
    values = filterset.form.cleaned_data if filterset.form.is_valid() else {}
    return [
        ChosenFilter(
            f"{filterset.form.fields[name].label}: {word_of(filterset.form, name, value)}",
            without(filterset.data, name, "page"),
        )
        for name, value in values.items()
        if value not in (None, "")
    ]


def word_of(form: Any, name: str, value: str) -> str:
    """What was chosen as its field says it; what was typed is its own word."""
    choices = getattr(form.fields[name], "choices", ())
    return str(dict(choices).get(value, value))


def without(data: QueryDict, *names: str) -> str:
    kept = data.copy()
    for name in names:
        kept.pop(name, None)
    return f"?{kept.urlencode()}"
