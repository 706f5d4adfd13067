"""The life of a visit to a care unit: planned, then made or cancelled; what was found."""

from dataclasses import dataclass
from enum import StrEnum


class VisitState(StrEnum):
    PLANNED = "planned"
    MADE = "made"
    CANCELLED = "cancelled"


class VisitStep(StrEnum):
    CHANGE = "change"
    MAKE = "make"
    CANCEL = "cancel"
    COMPLETE = "complete"
    """Add what was forgotten, or what the visit has led to since."""


class VisitOutcome(StrEnum):
    FIT = "fit"
    UNFIT = "unfit"
    FOLLOW_UP = "follow_up"


@dataclass(frozen=True, slots=True)
class Transition:
    source: VisitState
    target: VisitState


TRANSITIONS: dict[VisitStep, Transition] = {
    VisitStep.CHANGE: Transition(VisitState.PLANNED, VisitState.PLANNED),
    VisitStep.MAKE: Transition(VisitState.PLANNED, VisitState.MADE),
    VisitStep.CANCEL: Transition(VisitState.PLANNED, VisitState.CANCELLED),
    VisitStep.COMPLETE: Transition(VisitState.MADE, VisitState.MADE),
}


class StepNotAllowed(Exception):
    def __init__(self, step: VisitStep, state: VisitState) -> None:
        super().__init__(f"{step} is not taken from {state}")
        self.step = step
        self.state = state


def state_after(step: VisitStep, state: VisitState) -> VisitState:
    """The state that the step leads to. Raises StepNotAllowed."""
    transition = TRANSITIONS[step]
    if state is not transition.source:
        raise StepNotAllowed(step, state)
    return transition.target


def steps_from(state: VisitState) -> list[VisitStep]:
    return [step for step, transition in TRANSITIONS.items() if state is transition.source]
