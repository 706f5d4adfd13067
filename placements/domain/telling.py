"""Who is told of what: the side that the lifecycle table names, and never the one who acted."""

from collections.abc import Mapping
from dataclasses import dataclass

from placements.domain.lifecycle import TRANSITIONS, Side
from spink.foundation.events import EventName

TELLS: Mapping[EventName, frozenset[Side]] = {
    transition.event: frozenset({transition.tells})
    for transition in TRANSITIONS.values()
    if transition.event and transition.tells
} | {
    EventName.MESSAGE_WRITTEN: frozenset(Side),
    EventName.ATTACHMENT_FOUND_CLEAN: frozenset(Side),
    EventName.ATTACHMENT_REFUSED: frozenset(),
    EventName.REQUEST_STOPPED: frozenset({Side.PLACING}),
    EventName.REQUEST_STOP_LIFTED: frozenset(Side),
    EventName.ALTERNATIVE_PICKED: frozenset({Side.PLACING}),
}
TELLS_WHO_ACTED = frozenset({EventName.ATTACHMENT_REFUSED})
"""What came of one's own step after it was taken, and concerns nobody else."""
TELLS_NEW_OFFICER = frozenset({EventName.REQUEST_ASSIGNED})
"""Whoever gets a request from a colleague is told, besides the side that the table names."""


@dataclass(frozen=True, slots=True)
class People:
    """The active people around a request; those who have left are not among them."""

    filers: frozenset[int]
    officer: int | None
    """The one who has the request, as long as he or she is an officer there."""
    colleagues: frozenset[int]
    """The officers of the team that the request came to."""


def told(event: EventName, people: People, *, by_user_id: int | None) -> frozenset[int]:
    """The ids of the users who are told of the event."""
    if event in TELLS_WHO_ACTED:
        return frozenset() if by_user_id is None else frozenset({by_user_id})
    officer = frozenset() if people.officer is None else frozenset({people.officer})
    found: frozenset[int] = officer if event in TELLS_NEW_OFFICER else frozenset()
    if Side.FILING in TELLS[event]:
        found |= people.filers
    if Side.PLACING in TELLS[event]:
        found |= officer or people.colleagues
    return found - {by_user_id}
