"""What a page says of a unit beside what the match says: names, places and how fresh, contact."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.db import connection
from django.db.models import Q

from providers.models import CareUnit

_CARDS: Final = """
SELECT u.code, u.name, p.name, u.municipality, u.district, u.places_total, u.places_occupied,
    u.places_unavailable, u.next_free_on, u.places_confirmed_at, u.unit_director,
    u.contact_person, u.phone, u.email
FROM providers_careunit u JOIN providers_provider p ON p.id = u.provider_id
WHERE u.code = ANY(%s)"""


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
    """By code, in one query; a code that the register does not have is left out.

    Codes may come from an address as somebody typed it: the database refuses to be asked for NUL.
    """
    askable = [code for code in codes if "\0" not in code]
    with connection.cursor() as cursor:
        cursor.execute(_CARDS, [askable])
        return {row[0]: UnitCard(*row) for row in cursor.fetchall()}


def codes_containing(text: str) -> list[str]:
    """Codes of the units whose own name or whose provider's name holds the text."""
    found = CareUnit.objects.filter(Q(name__icontains=text) | Q(provider__name__icontains=text))
    return list(found.values_list("code", flat=True))
