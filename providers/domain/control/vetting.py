"""The life of a vetting: one table of what may be done with it, and where that leads."""

from dataclasses import dataclass
from enum import StrEnum


class VettingState(StrEnum):
    ONGOING = "ongoing"
    ADDED = "added"
    """The provider is in the register for direct award; its checks are made again in time."""
    REFUSED = "refused"
    BY_INK = "by_ink"
    """A framework provider: INK has vetted it and follows it up."""
    CANCELLED = "cancelled"
    ENDED = "ended"


class VettingStep(StrEnum):
    ASSIGN = "assign"
    CHECK = "check"
    ADD_FILE = "add_file"
    REMOVE_FILE = "remove_file"
    ADD = "add"
    REFUSE = "refuse"
    CANCEL = "cancel"
    END = "end"
    REPLACE = "replace"
    """A later vetting has taken its place: nothing changes in the register."""


TO_DO = frozenset({VettingState.ONGOING})
IN_FORCE = frozenset({VettingState.ADDED, VettingState.BY_INK})


@dataclass(frozen=True, slots=True)
class Transition:
    sources: frozenset[VettingState]
    target: VettingState | None
    """None: the vetting stays in the state that it is in."""


WORKED_ON = frozenset({VettingState.ONGOING, VettingState.ADDED})
TRANSITIONS: dict[VettingStep, Transition] = {
    VettingStep.ASSIGN: Transition(WORKED_ON, None),
    VettingStep.CHECK: Transition(WORKED_ON, None),
    VettingStep.ADD_FILE: Transition(WORKED_ON, None),
    VettingStep.REMOVE_FILE: Transition(TO_DO, None),
    VettingStep.ADD: Transition(TO_DO, VettingState.ADDED),
    VettingStep.REFUSE: Transition(TO_DO, VettingState.REFUSED),
    VettingStep.CANCEL: Transition(TO_DO, VettingState.CANCELLED),
    VettingStep.END: Transition(IN_FORCE, VettingState.ENDED),
    VettingStep.REPLACE: Transition(frozenset({VettingState.ADDED}), VettingState.ENDED),
}


class VettingStepNotAllowed(Exception):
    def __init__(self, step: VettingStep, state: VettingState) -> None:
        super().__init__(f"{step} is not taken from {state}")
        self.step = step
        self.state = state


def vetting_after(step: VettingStep, state: VettingState) -> VettingState:
    """The state that the step leads to. Raises VettingStepNotAllowed."""
    transition = TRANSITIONS[step]
    if state not in transition.sources:
        raise VettingStepNotAllowed(step, state)
    return transition.target or state
