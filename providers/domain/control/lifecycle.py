"""The life of a finding: one table of what may be done with it, and where that leads."""

from dataclasses import dataclass
from enum import StrEnum


class FindingState(StrEnum):
    NEW = "new"
    WATCHED = "watched"
    REVIEW = "review"
    """An in-depth review of the provider takes it from here."""
    DISMISSED = "dismissed"


class FindingStep(StrEnum):
    ASSIGN = "assign"
    WATCH = "watch"
    REVIEW = "review"
    DISMISS = "dismiss"
    REOPEN = "reopen"


TO_TRIAGE = frozenset({FindingState.NEW, FindingState.WATCHED})
OPEN = TO_TRIAGE | {FindingState.REVIEW}


@dataclass(frozen=True, slots=True)
class Transition:
    sources: frozenset[FindingState]
    target: FindingState | None
    """None: the finding stays in the state that it is in."""


TRANSITIONS: dict[FindingStep, Transition] = {
    FindingStep.ASSIGN: Transition(TO_TRIAGE, None),
    FindingStep.WATCH: Transition(TO_TRIAGE, FindingState.WATCHED),
    FindingStep.REVIEW: Transition(TO_TRIAGE, FindingState.REVIEW),
    FindingStep.DISMISS: Transition(TO_TRIAGE, FindingState.DISMISSED),
    FindingStep.REOPEN: Transition(frozenset({FindingState.DISMISSED}), FindingState.NEW),
}


class StepNotAllowed(Exception):
    def __init__(self, step: FindingStep, state: FindingState) -> None:
        super().__init__(f"{step} is not taken from {state}")
        self.step = step
        self.state = state


def state_after(step: FindingStep, state: FindingState) -> FindingState:
    """The state that the step leads to. Raises StepNotAllowed."""
    transition = TRANSITIONS[step]
    if state not in transition.sources:
        raise StepNotAllowed(step, state)
    return transition.target or state
