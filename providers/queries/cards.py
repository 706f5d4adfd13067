"""What a page says of a unit beside what the match says: names, places and how fresh, contact."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from providers.models import CareUnit

COLUMNS = (
    "code",
    "name",
    "provider__name",
    "municipality",
    "district",
    "places_total",
    "places_occupied",
    "places_unavailable",
    "next_free_on",
    "places_confirmed_at",
    "unit_director",
    "contact_person",
    "phone",
    "email",
)


@dataclass(frozen=True, slots=True)
class UnitCard:
    """`municipality` is a code; `places_total` None: not counted in places."""

    code: str
    name: str
    provider_name: str
    municipality: str
    district: str
    places_total: int | None
    places_occupied: int
    places_unavailable: int
    next_free_on: date | None
    places_confirmed_at: datetime | None
    unit_director: str
    contact_person: str
    phone: str
    email: str

    @property
    def free(self) -> int | None:
        """Free places now, never fewer than none; None where places are not counted."""
        if self.places_total is None:
            return None
        return max(0, self.places_total - self.places_occupied - self.places_unavailable)

    @property
    def contact(self) -> str:
        return self.contact_person or self.unit_director


def unit_cards(codes: Iterable[str]) -> dict[str, UnitCard]:
    """By code, in one query; a code that the register does not have is left out."""
    rows = CareUnit.objects.filter(code__in=list(codes)).values_list(*COLUMNS)
    return {row[0]: UnitCard(*row) for row in rows}


def codes_containing(text: str) -> list[str]:
    """Codes of the units whose own name or whose provider's name holds the text."""
    found = CareUnit.objects.filter(Q(name__icontains=text) | Q(provider__name__icontains=text))
    return list(found.values_list("code", flat=True))
