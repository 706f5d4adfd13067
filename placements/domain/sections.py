"""The sections of a draft: which fields each holds, and what is missing before it can be sent."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from placements.domain.values import Urgency


class Section(StrEnum):
    PERSON = "person"
    CHILD = "child"
    SERVICE = "service"
    DECISION = "decision"
    NEEDS = "needs"
    PLACE = "place"
    MORE = "more"


FIELDS: dict[Section, tuple[str, ...]] = {
    Section.PERSON: ("age", "gender"),
    Section.CHILD: ("lives_together", "best_interests", "childs_view"),
    Section.SERVICE: ("service_type", "subtype", "sis_shortage"),
    Section.DECISION: ("legal_basis", "decision_date", "wanted_start", "urgency"),
    Section.NEEDS: ("needs_required", "needs_wished", "drug_free", "companions"),
    Section.PLACE: (
        "near_label",
        "near_latitude",
        "near_longitude",
        "within_km",
        "avoid_municipalities",
        "avoid_units",
    ),
    Section.MORE: ("description", "disclosure_basis", "disclosure_note"),
}
"""Who the person is belongs to PERSON too, and is kept apart (`actions.persons`)."""

ALWAYS_NEEDED: dict[Section, tuple[str, ...]] = {
    Section.PERSON: ("person_id", "age", "gender"),
    Section.CHILD: (),
    Section.SERVICE: ("service_type",),
    Section.DECISION: ("legal_basis", "decision_date", "wanted_start", "urgency"),
    Section.NEEDS: (),
    Section.PLACE: (),
    Section.MORE: (),
}


COMMON_TO_HOUSEHOLD: frozenset[str] = frozenset(
    (
        *FIELDS[Section.SERVICE],
        *FIELDS[Section.DECISION],
        *FIELDS[Section.PLACE],
        "drug_free",
        "disclosure_basis",
        "disclosure_note",
    )
)
"""Filled in once, in the adult's request, and carried over to the children's."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What the catalogue says of the chosen service and legal basis, and whether the request is
    a child's in a household: its best interests and its own view are noted apart (since 1 April
    2024 each child in protected housing has a decision of its own)."""

    subtype_required: bool = False
    is_compulsory: bool = False
    is_child_of_household: bool = False


def missing(values: Mapping[str, Any], asked: Asked) -> dict[Section, tuple[str, ...]]:
    """The fields that must be filled in before sending, by section; empty when it is complete.

    A basis for disclosure is asked for, but is no stop where the case is acute or the care
    compulsory (domain: urgent and compulsory cases are matched at once).
    """
    needed = {section: list(names) for section, names in ALWAYS_NEEDED.items()}
    if asked.subtype_required:
        needed[Section.SERVICE].append("subtype")
    if asked.is_child_of_household:
        needed[Section.CHILD] += ["best_interests", "childs_view"]
    if values.get("urgency") != Urgency.ACUTE and not asked.is_compulsory:
        needed[Section.MORE].append("disclosure_basis")
    lacking = {
        section: tuple(name for name in names if values.get(name) in (None, ""))
        for section, names in needed.items()
    }
    return {section: names for section, names in lacking.items() if names}
