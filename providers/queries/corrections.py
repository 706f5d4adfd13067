"""Tasks to correct the register, as those who keep it read them."""

from django.db.models import F, QuerySet

from providers.models import RegisterCorrection


def open_corrections() -> "QuerySet[RegisterCorrection]":
    """The oldest first."""
    found = RegisterCorrection.objects.filter(result="").select_related("raised_by")
    return found.order_by("raised_at", "id")


def settled_corrections() -> "QuerySet[RegisterCorrection]":
    """The last settled first."""
    found = RegisterCorrection.objects.exclude(result="").select_related("raised_by", "done_by")
    return found.order_by(F("done_at").desc(), "-id")


def corrections_of(unit_code: str) -> list[RegisterCorrection]:
    return list(open_corrections().filter(unit_code=unit_code))
