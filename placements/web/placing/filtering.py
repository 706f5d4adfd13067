"""Filters that stand in the address, each of which can be taken away."""

from dataclasses import dataclass

from django.http import QueryDict


@dataclass(frozen=True, slots=True)
class ChosenFilter:
    text: str
    url: str
    """The address that is left without it."""


def without(data: QueryDict, *names: str) -> str:
    kept = data.copy()
    for name in names:
        kept.pop(name, None)
    return f"?{kept.urlencode()}"
