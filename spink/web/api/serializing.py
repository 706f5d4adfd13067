"""Serializers that cost no more than what they tell.

The framework makes a serializer's fields anew for every answer, from its model and with all their
texts, and asks each field for each row what it is. Here both are found out once for a class.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache
from operator import attrgetter
from typing import Any, Final

from django.utils.translation import get_language
from rest_framework import serializers
from rest_framework.utils.serializer_helpers import BindingDict

Getter = Callable[[Any], Any]

AS_THEY_ARE: Final = (
    serializers.CharField,
    serializers.IntegerField,
    serializers.BooleanField,
    serializers.ChoiceField,
)
"""What a model holds of these is what JSON holds."""


class MadeOnce(serializers.Serializer[Any]):
    """Its fields belong to all its instances: they may know nothing of one call, as its context."""

    @property
    def fields(self) -> "BindingDict":
        return _fields_of(type(self), get_language())

    def to_representation(self, instance: Any) -> dict[str, Any]:
        return {name: get(instance) for name, get in _getters_of(type(self))}


@cache
def _fields_of(kind: type[MadeOnce], _language: str | None) -> "BindingDict":
    """Of each language: which texts of the model are worth telling depends on it."""
    first = kind()
    fields = BindingDict(first)
    for name, field in first.get_fields().items():
        fields[name] = field
    return fields


@cache
def _getters_of(kind: type[MadeOnce]) -> list[tuple[str, Getter]]:
    fields = _fields_of(kind, None).items()
    return [(name, _getter(field)) for name, field in fields if not field.write_only]


def _getter(field: Any) -> Getter:
    if isinstance(field, serializers.SerializerMethodField):
        told: Getter = getattr(field.parent, str(field.method_name))
        return told
    if isinstance(field, serializers.DateTimeField):
        return _then(attrgetter(str(field.source)), _instant)
    if type(field) in AS_THEY_ARE:
        return attrgetter(str(field.source))
    return _then(field.get_attribute, field.to_representation)


def _then(get: Getter, tell: Getter) -> Getter:
    def told(instance: Any) -> Any:
        value = get(instance)
        return None if value is None else tell(value)

    return told


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")
