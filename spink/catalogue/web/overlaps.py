from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _


def overlaps_none(row: Any, **same: Any) -> None:
    """Raises ValidationError where another row of the same holds for a part of its time."""
    for other in type(row).objects.filter(**same).exclude(pk=row.pk):
        begins_after = other.valid_to and row.valid_from and other.valid_to < row.valid_from
        ends_before = row.valid_to and other.valid_from and row.valid_to < other.valid_from
        if not begins_after and not ends_before:
            raise ValidationError(
                {"valid_from": _("There is one for a part of that time already.")}
            )
