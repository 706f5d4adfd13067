"""The life of a complaint: one table of what may be done with it, and where that leads."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from spink.catalogue.domain.ladder import LADDER, ProvisionForm


class ComplaintState(StrEnum):
    RECEIVED = "received"
    SENT = "sent"
    """The provider is to answer."""
    WITH_INK = "with_ink"
    """The procurement authority handles it: it follows up those with framework agreements."""
    ANSWERED = "answered"
    PASSED_BACK = "passed_back"
    CLOSED = "closed"


class ComplaintStep(StrEnum):
    ASSIGN = "assign"
    CORRECT_FORM = "correct_form"
    SEND = "send"
    HAND_TO_INK = "hand_to_ink"
    TAKE_BACK = "take_back"
    """It was marked as sent or passed on by mistake."""
    RECORD_ANSWER = "record_answer"
    PASS_BACK = "pass_back"  # noqa: S105
    CLOSE = "close"
    REOPEN = "reopen"


_S = ComplaintState
OPEN = frozenset(ComplaintState) - {_S.CLOSED}
HANDLED_HERE = frozenset(LADDER) - {ProvisionForm.FRAMEWORK}
"""The provision forms whose providers Spink follows up itself."""
UNTOLD = frozenset({ComplaintStep.ASSIGN, ComplaintStep.CORRECT_FORM, ComplaintStep.RECORD_ANSWER})
"""Steps that whoever filed the complaint does not read: an answer is read when it is passed on."""


@dataclass(frozen=True, slots=True)
class Transition:
    sources: frozenset[ComplaintState]
    target: ComplaintState | None
    """None: it stays in the state that it is in."""
    forms: frozenset[ProvisionForm] = frozenset(LADDER)


_RECEIVED = frozenset({_S.RECEIVED})
TRANSITIONS: dict[ComplaintStep, Transition] = {
    ComplaintStep.ASSIGN: Transition(OPEN, None),
    ComplaintStep.CORRECT_FORM: Transition(_RECEIVED, None),
    ComplaintStep.SEND: Transition(_RECEIVED, _S.SENT, HANDLED_HERE),
    ComplaintStep.HAND_TO_INK: Transition(
        _RECEIVED, _S.WITH_INK, frozenset({ProvisionForm.FRAMEWORK})
    ),
    ComplaintStep.TAKE_BACK: Transition(frozenset({_S.SENT, _S.WITH_INK}), _S.RECEIVED),
    ComplaintStep.RECORD_ANSWER: Transition(frozenset({_S.SENT, _S.WITH_INK}), _S.ANSWERED),
    ComplaintStep.PASS_BACK: Transition(frozenset({_S.ANSWERED}), _S.PASSED_BACK),
    ComplaintStep.CLOSE: Transition(OPEN - {_S.ANSWERED}, _S.CLOSED),
    ComplaintStep.REOPEN: Transition(frozenset({_S.CLOSED}), _S.RECEIVED),
}
"""What has been answered is passed back before it is closed; without an answer it may be closed
at once, since a complaint can be withdrawn and a provider can be silent."""


class StepNotAllowed(Exception):
    def __init__(self, step: ComplaintStep, state: ComplaintState) -> None:
        super().__init__(f"{step} is not taken from {state}")
        self.step = step
        self.state = state


def state_after(step: ComplaintStep, state: ComplaintState, form: ProvisionForm) -> ComplaintState:
    """The state that the step leads to. Raises StepNotAllowed."""
    transition = TRANSITIONS[step]
    if state not in transition.sources or form not in transition.forms:
        raise StepNotAllowed(step, state)
    return transition.target or state


def steps_from(state: ComplaintState, form: ProvisionForm) -> list[ComplaintStep]:
    return [
        step
        for step, transition in TRANSITIONS.items()
        if state in transition.sources and form in transition.forms
    ]


@dataclass(frozen=True, slots=True)
class Rules:
    """What is set: how long a provider may take, and what calls for an in-depth review."""

    answer_days: int
    similar_count: int
    similar_days: int

    def similar_since(self, day: date) -> date:
        return day - timedelta(days=self.similar_days)
