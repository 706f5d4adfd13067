"""Recommending a unit that the match excluded: the one table of what may be excepted, and how.

Register data are never quite current. What a provider can confirm to be otherwise than the register
says may be excepted, with a trace; all else is a rule about the unit, or a wish of the client's.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from placements.domain.recommending import CannotRecommend
from placements.matching.reasons import Reason
from providers.domain.priority import PriorityGroup
from spink.catalogue.domain.ladder import ProvisionForm


class Kind(StrEnum):
    PLACES = "places"
    AGE = "age"
    NEEDS = "needs"
    DISTANCE = "distance"


EXCEPTED: Final[Mapping[Reason, Kind | None]] = {
    Reason.WRONG_SERVICE: None,
    Reason.WRONG_SUBTYPE: None,
    Reason.NOT_OPEN: None,
    Reason.AGE: Kind.AGE,
    Reason.COMPANION: None,
    Reason.GENDER: None,
    Reason.DRUG_FREE: None,
    Reason.NEED_REFUSED: Kind.NEEDS,
    Reason.NEED_NOT_MET: Kind.NEEDS,
    Reason.PERMIT: None,
    Reason.NO_FREE_PLACE: Kind.PLACES,
    Reason.STOPPED: None,
    Reason.NO_AGREEMENT: None,
    Reason.AGREEMENT_EXPIRED: None,
    Reason.EXCLUDED_AREA: None,
    Reason.TOO_FAR: Kind.DISTANCE,
    Reason.EXCLUDED_UNIT: None,
}
"""None: never. One such reason is enough, whatever else excludes the unit."""

OF_PRIORITY_GROUP: Final = "priority_group"
"""The coded reason of who belongs to the group that a full own unit keeps its places for."""


@dataclass(frozen=True, slots=True)
class Excluded:
    """A unit that the match excluded, with all its reasons; `form` is where it would stand.

    `group` holds for the municipality's own units alone.
    """

    unit: str
    reasons: tuple[Reason, ...]
    form: ProvisionForm
    group: PriorityGroup | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """What of the need says who belongs to a priority group."""

    age: int | None
    needs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Confirmation:
    """Who confirmed, and when: a yes to an inquiry, or what the officer noted of a call."""

    by: str
    on: date
    inquiry_id: int | None = None


def hindrances(reasons: Iterable[Reason]) -> tuple[Reason, ...]:
    """The reasons that can never be excepted."""
    return tuple(reason for reason in reasons if EXCEPTED[reason] is None)


def may_be_excepted(reasons: Collection[Reason]) -> bool:
    return bool(reasons) and not hindrances(reasons)


def kinds_of(reasons: Iterable[Reason]) -> tuple[Kind, ...]:
    """Each kind once, in the order of the table."""
    found = {EXCEPTED[reason] for reason in reasons}
    return tuple(kind for kind in Kind if kind in found)


def keeps_places_from(excluded: Excluded, person: Person) -> bool:
    """Whether a full own unit has a priority group to which the person does not belong."""
    if excluded.group is None or Reason.NO_FREE_PLACE not in excluded.reasons:
        return False
    if not excluded.group.can_be_judged:
        return False
    return not excluded.group.includes(age=person.age, needs=person.needs)


def is_judged_by_people(excluded: Excluded) -> bool:
    """A full own unit's group is told in words only: the officer says whether it is theirs."""
    return (
        excluded.group is not None
        and Reason.NO_FREE_PLACE in excluded.reasons
        and not excluded.group.can_be_judged
    )


def check(
    excluded: Excluded,
    person: Person,
    *,
    reason: str,
    note: str,
    confirmation: Confirmation | None,
    since: date,
    today: date,
) -> None:
    """Raises CannotRecommend: `never_excepted`, `kept_for_priority_group`, `exception_reason`,
    `exception_note`, `not_confirmed`.

    A confirmation counts from the day on which the request came (`since`).
    """
    unit = excluded.unit
    if not may_be_excepted(excluded.reasons):
        raise CannotRecommend("never_excepted", unit)
    if keeps_places_from(excluded, person) or (
        is_judged_by_people(excluded) and reason not in ("", OF_PRIORITY_GROUP)
    ):
        raise CannotRecommend("kept_for_priority_group", unit)
    if not reason or (reason == OF_PRIORITY_GROUP and not _has_full_group(excluded)):
        raise CannotRecommend("exception_reason", unit)
    if not note.strip():
        raise CannotRecommend("exception_note", unit)
    if confirmation is None or not confirmation.by.strip():
        raise CannotRecommend("not_confirmed", unit)
    if not since <= confirmation.on <= today:
        raise CannotRecommend("not_confirmed", unit)


def _has_full_group(excluded: Excluded) -> bool:
    return excluded.group is not None and Reason.NO_FREE_PLACE in excluded.reasons


def to_correct(reasons: Iterable[Reason], *, reason: str) -> tuple[Kind, ...]:
    """What the register seems to have wrong: not the places that are kept for a priority group."""
    return tuple(
        kind
        for kind in kinds_of(reasons)
        if not (kind is Kind.PLACES and reason == OF_PRIORITY_GROUP)
    )
