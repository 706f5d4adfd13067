"""Columns of the diary's images that are treated apart."""

from typing import Final

COUNTED: Final = (
    "places_occupied",
    "places_unavailable",
    "next_free_on",
    "places_confirmed_at",
    "places_confirmed_by",
)
"""Written whenever somebody counts the places of a unit, which is often."""

PLACE: Final = ("latitude", "longitude", "street", "postal_code", "city")
"""The diary tells that they changed, and not to what: they give houses away."""

GIVES_AWAY: Final = (
    *PLACE,
    "municipality",
    "district",
    "unit_director",
    "contact_person",
    "phone",
    "email",
    "website",
    "operated_by",
)
"""Left out altogether for whoever may not know where protected housing lies."""

COUNTS: Final = "places"
"""The part of the diary that counts of places are: changes of a unit in nothing else."""


def without(columns: tuple[str, ...]) -> str:
    """What follows an image of a row in SQL to leave columns out."""
    return f" - '{{{','.join(columns)}}}'::text[]"
