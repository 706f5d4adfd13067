"""The life of a remark on the own handling: what may be done with it, by whom, where that leads."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum


class DeviationState(StrEnum):
    RECEIVED = "received"
    UNDER_REVIEW = "under_review"
    CLOSED = "closed"


class DeviationStep(StrEnum):
    TAKE = "take"
    HAND_OVER = "hand_over"
    CORRECT = "correct"
    NOTE = "note"
    CLOSE = "close"
    REOPEN = "reopen"


_S = DeviationState
OPEN = frozenset(DeviationState) - {_S.CLOSED}
UNTOLD = frozenset({DeviationStep.HAND_OVER, DeviationStep.CORRECT, DeviationStep.NOTE})
"""Steps that whoever filed it does not read: what came of it is read in the answer."""


@dataclass(frozen=True, slots=True)
class Transition:
    sources: frozenset[DeviationState]
    target: DeviationState | None
    """None: it stays in the state that it is in."""


TRANSITIONS: dict[DeviationStep, Transition] = {
    DeviationStep.TAKE: Transition(frozenset({_S.RECEIVED}), _S.UNDER_REVIEW),
    DeviationStep.HAND_OVER: Transition(OPEN, _S.UNDER_REVIEW),
    DeviationStep.CORRECT: Transition(OPEN, None),
    DeviationStep.NOTE: Transition(frozenset({_S.UNDER_REVIEW}), None),
    DeviationStep.CLOSE: Transition(frozenset({_S.UNDER_REVIEW}), _S.CLOSED),
    DeviationStep.REOPEN: Transition(frozenset({_S.CLOSED}), _S.UNDER_REVIEW),
}


class DeviationStepNotAllowed(Exception):
    def __init__(self, step: DeviationStep, state: DeviationState) -> None:
        super().__init__(f"{step} is not taken from {state}")
        self.step = step
        self.state = state


def deviation_state_after(step: DeviationStep, state: DeviationState) -> DeviationState:
    """The state that the step leads to. Raises DeviationStepNotAllowed."""
    transition = TRANSITIONS[step]
    if state not in transition.sources:
        raise DeviationStepNotAllowed(step, state)
    return transition.target or state


def deviation_steps_from(state: DeviationState) -> list[DeviationStep]:
    return [step for step, one in TRANSITIONS.items() if state in one.sources]


def may_handle_deviation(
    user_id: int | None, *, filed_by_id: int, handlers: Collection[int]
) -> bool:
    """Neither one whom it is about, nor the one who filed it."""
    return user_id is not None and user_id != filed_by_id and user_id not in handlers
