from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers


class StrictSerializer(serializers.Serializer[Any]):
    """A field that is not known is an error, so that a misspelt one is not silently left out."""

    def to_internal_value(self, data: Any) -> Any:
        unknown = set(data) - set(self.fields) if isinstance(data, dict) else set()
        if unknown:
            text = _("There is no field of this name.")
            raise serializers.ValidationError({name: [text] for name in sorted(unknown)})
        return super().to_internal_value(data)
