"""The life of an in-depth review: what may be done with it, and what it can come to."""

from dataclasses import dataclass
from enum import StrEnum


class ReviewKind(StrEnum):
    IN_DEPTH = "in_depth"
    """Of a provider that is bought from by direct award."""
    FOR_INK = "for_ink"
    """A visit to a framework provider, which INK has asked for: INK decides what follows."""


class ReviewState(StrEnum):
    OPEN = "open"
    WITH_LAWYER = "with_lawyer"
    DECIDED = "decided"
    CANCELLED = "cancelled"


class ReviewStep(StrEnum):
    ASSIGN = "assign"
    CHECK = "check"
    ADD_FILE = "add_file"
    REMOVE_FILE = "remove_file"
    VISIT = "visit"
    ASK_LAWYER = "ask_lawyer"
    ADVISE = "advise"
    DECIDE = "decide"
    CANCEL = "cancel"
    STOP = "stop"
    """A stop is set that the decision has led to."""
    FOLLOW_UP = "follow_up"


class Decision(StrEnum):
    NO_ACTION = "no_action"
    WATCHED = "watched"
    PAUSED = "paused"
    REMOVED = "removed"
    TOLD_INK = "told_ink"


STOPPING = frozenset({Decision.PAUSED, Decision.REMOVED})
"""Those that a stop follows on: it is previewed and set in the register's own pages."""
DECISIONS: dict[ReviewKind, tuple[Decision, ...]] = {
    ReviewKind.IN_DEPTH: (
        Decision.NO_ACTION,
        Decision.WATCHED,
        Decision.PAUSED,
        Decision.REMOVED,
    ),
    ReviewKind.FOR_INK: (Decision.TOLD_INK,),
}


@dataclass(frozen=True, slots=True)
class Transition:
    sources: frozenset[ReviewState]
    target: ReviewState | None
    """None: the review stays in the state that it is in."""


UNDER_WAY = frozenset({ReviewState.OPEN, ReviewState.WITH_LAWYER})
_DECIDED = frozenset({ReviewState.DECIDED})
TRANSITIONS: dict[ReviewStep, Transition] = {
    ReviewStep.ASSIGN: Transition(UNDER_WAY, None),
    ReviewStep.CHECK: Transition(UNDER_WAY, None),
    ReviewStep.ADD_FILE: Transition(UNDER_WAY, None),
    ReviewStep.REMOVE_FILE: Transition(UNDER_WAY, None),
    ReviewStep.VISIT: Transition(UNDER_WAY, None),
    ReviewStep.ASK_LAWYER: Transition(frozenset({ReviewState.OPEN}), ReviewState.WITH_LAWYER),
    ReviewStep.ADVISE: Transition(UNDER_WAY, ReviewState.OPEN),
    ReviewStep.DECIDE: Transition(UNDER_WAY, ReviewState.DECIDED),
    ReviewStep.CANCEL: Transition(UNDER_WAY, ReviewState.CANCELLED),
    ReviewStep.STOP: Transition(_DECIDED, None),
    ReviewStep.FOLLOW_UP: Transition(_DECIDED, None),
}


class ReviewStepNotAllowed(Exception):
    def __init__(self, step: ReviewStep, state: ReviewState) -> None:
        super().__init__(f"{step} is not taken from {state}")
        self.step = step
        self.state = state


def review_after(step: ReviewStep, state: ReviewState) -> ReviewState:
    """The state that the step leads to. Raises ReviewStepNotAllowed."""
    transition = TRANSITIONS[step]
    if state not in transition.sources:
        raise ReviewStepNotAllowed(step, state)
    return transition.target or state
