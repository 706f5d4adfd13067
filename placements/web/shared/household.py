"""The requests of a household beside each other, as both sides see them on each one's page."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from placements import queries
from placements.domain.lifecycle import State
from placements.models import PlacementRequest
from placements.web.shared.states import LOOKS
from spink.accounts.access_log import Reading
from spink.web import wording


@dataclass(frozen=True, slots=True)
class HouseholdRow:
    reference: str
    url: str
    who: str
    look: str
    state: str
    note: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class Household:
    """`places` is how many need places in the same unit; 0 where nobody does."""

    rows: list[HouseholdRow]
    places: int

    @property
    def places_text(self) -> str:
        if not self.places:
            return ""
        number = wording.number_word(self.places)
        return _("Matched as one: places for %(number)s in the same unit.") % {"number": number}


def household_of(placement: PlacementRequest, reading: Reading) -> Household | None:
    """None for a request that stands alone. That the others are read is logged."""
    found = queries.household_of(placement)
    if not found:
        return None
    queries.log_list(found, reading=reading)
    chosen = queries.chosen_units(found)
    together = [one for one in found if one.lives_together]
    return Household(
        rows=[_row(one, placement, chosen.get(one.pk, "")) for one in found],
        places=len(together) if len(together) > 1 else 0,
    )


def _row(one: PlacementRequest, placement: PlacementRequest, unit: str) -> HouseholdRow:
    name = "edit" if one.state == State.DRAFT else "request"
    return HouseholdRow(
        reference=one.reference,
        url=reverse(f"placements:{name}", args=[one.reference]),
        who=who_text(one),
        look=LOOKS[State(one.state)],
        state=one.get_state_display(),
        note=unit if one.lives_together else _("Does not live with the adult"),
        is_current=one.pk == placement.pk,
    )


def household_text(placement: PlacementRequest, sizes: Mapping[int, int]) -> str:
    """In lists: how many the household is; empty for a request that stands alone."""
    if placement.pk not in sizes:
        return ""
    number = wording.number_word(sizes[placement.pk])
    if placement.household_of_id is None:
        return _("Household of %(number)s") % {"number": number}
    return _("Child in a household of %(number)s") % {"number": number}


def who_text(one: PlacementRequest) -> str:
    """Barn, 7 år, A.L."""
    role = _("Adult") if one.household_of_id is None else _("Child")
    age = "" if one.age is None else wording.age(one.age)
    return ", ".join(part for part in (role, age, queries.shown_label(one).label) if part)
