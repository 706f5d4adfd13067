"""The life of a placement request: one table that drives what is allowed, what is written in the
audit trail and on the timeline, who is told, and the state diagram in the documentation.
"""

from dataclasses import dataclass
from enum import StrEnum

from spink.foundation.events import EventName


class State(StrEnum):
    DRAFT = "draft"
    SUBMITTED = "submitted"
    IN_PROGRESS = "in_progress"
    AWAITING_INFORMATION = "awaiting_information"
    RECOMMENDED = "recommended"
    PLACED_ACUTE = "placed_acute"
    """Placed out of hours; what was left out at night is still to be filled in."""
    CLOSED = "closed"
    OTHER_SERVICE = "other_service"
    WITHDRAWN = "withdrawn"


class Side(StrEnum):
    """The two sides of a request: those who file it and those who match it."""

    FILING = "filing"
    PLACING = "placing"


class Step(StrEnum):
    SUBMIT = "submit"
    TAKE = "take"
    ASSIGN = "assign"
    HAND_OVER = "hand_over"
    ASK_INFORMATION = "ask_information"
    ANSWER_INFORMATION = "answer_information"
    ASK_PROVIDER = "ask_provider"
    NOTE_PROVIDER_ANSWER = "note_provider_answer"
    PROPOSE_SERVICE = "propose_service"
    ACCEPT_SERVICE = "accept_service"
    DECLINE_SERVICE = "decline_service"
    WITHDRAW_PROPOSAL = "withdraw_proposal"
    RECOMMEND = "recommend"
    WITHDRAW_RECOMMENDATION = "withdraw_recommendation"
    """Another recommendation still stands."""
    WITHDRAW_LAST_RECOMMENDATION = "withdraw_last_recommendation"
    REPORT_CHOSEN = "report_chosen"
    REPORT_NONE = "report_none"
    ASK_NEW_MATCH = "ask_new_match"
    WITHDRAW = "withdraw"
    PLACE_ACUTE = "place_acute"
    COMPLETE = "complete"


@dataclass(frozen=True, slots=True)
class Transition:
    step: Step
    sources: frozenset[State]
    target: State | None
    """None: the request stays in the state that it is in."""
    side: Side
    event: EventName | None = None
    tells: Side | None = None


OPEN_WITH_PLACING = frozenset(
    {State.SUBMITTED, State.IN_PROGRESS, State.AWAITING_INFORMATION, State.RECOMMENDED}
)
WORKED_ON = OPEN_WITH_PLACING - {State.SUBMITTED}
PROPOSABLE = WORKED_ON - {State.AWAITING_INFORMATION}
"""Another service is proposed, and answered to: the social worker is asked one thing at a time."""
ENDED = frozenset({State.CLOSED, State.OTHER_SERVICE, State.WITHDRAWN})
EDITABLE = frozenset({State.DRAFT, State.PLACED_ACUTE})
"""What the filing side has written can still be changed by it."""

TRANSITIONS: dict[Step, Transition] = {
    transition.step: transition
    for transition in (
        Transition(
            Step.SUBMIT,
            frozenset({State.DRAFT}),
            State.SUBMITTED,
            Side.FILING,
            EventName.REQUEST_SUBMITTED,
            Side.PLACING,
        ),
        Transition(
            Step.TAKE,
            frozenset({State.SUBMITTED}),
            State.IN_PROGRESS,
            Side.PLACING,
            EventName.REQUEST_ASSIGNED,
            Side.FILING,
        ),
        Transition(
            Step.ASSIGN,
            frozenset({State.SUBMITTED}),
            State.IN_PROGRESS,
            Side.PLACING,
            EventName.REQUEST_ASSIGNED,
            Side.FILING,
        ),
        Transition(
            Step.HAND_OVER,
            WORKED_ON,
            None,
            Side.PLACING,
            EventName.REQUEST_HANDED_OVER,
            Side.PLACING,
        ),
        Transition(
            Step.ASK_INFORMATION,
            frozenset({State.IN_PROGRESS}),
            State.AWAITING_INFORMATION,
            Side.PLACING,
            EventName.COMPLETION_ASKED,
            Side.FILING,
        ),
        Transition(
            Step.ANSWER_INFORMATION,
            frozenset({State.AWAITING_INFORMATION}),
            State.IN_PROGRESS,
            Side.FILING,
            EventName.COMPLETION_ANSWERED,
            Side.PLACING,
        ),
        Transition(
            Step.ASK_PROVIDER,
            WORKED_ON,
            None,
            Side.PLACING,
        ),
        Transition(
            Step.NOTE_PROVIDER_ANSWER,
            WORKED_ON,
            None,
            Side.PLACING,
        ),
        Transition(
            Step.PROPOSE_SERVICE,
            PROPOSABLE,
            None,
            Side.PLACING,
            EventName.SERVICE_PROPOSED,
            Side.FILING,
        ),
        Transition(
            Step.ACCEPT_SERVICE,
            PROPOSABLE,
            State.OTHER_SERVICE,
            Side.FILING,
            EventName.SERVICE_ACCEPTED,
            Side.PLACING,
        ),
        Transition(
            Step.DECLINE_SERVICE,
            PROPOSABLE,
            None,
            Side.FILING,
            EventName.SERVICE_DECLINED,
            Side.PLACING,
        ),
        Transition(
            Step.WITHDRAW_PROPOSAL,
            PROPOSABLE,
            None,
            Side.PLACING,
            EventName.PROPOSAL_WITHDRAWN,
            Side.FILING,
        ),
        Transition(
            Step.RECOMMEND,
            frozenset({State.IN_PROGRESS, State.RECOMMENDED}),
            State.RECOMMENDED,
            Side.PLACING,
            EventName.REQUEST_RECOMMENDED,
            Side.FILING,
        ),
        Transition(
            Step.WITHDRAW_RECOMMENDATION,
            frozenset({State.RECOMMENDED}),
            None,
            Side.PLACING,
            EventName.RECOMMENDATION_WITHDRAWN,
            Side.FILING,
        ),
        Transition(
            Step.WITHDRAW_LAST_RECOMMENDATION,
            frozenset({State.RECOMMENDED}),
            State.IN_PROGRESS,
            Side.PLACING,
            EventName.RECOMMENDATION_WITHDRAWN,
            Side.FILING,
        ),
        Transition(
            Step.REPORT_CHOSEN,
            frozenset({State.RECOMMENDED}),
            State.CLOSED,
            Side.FILING,
            EventName.OUTCOME_REPORTED,
            Side.PLACING,
        ),
        Transition(
            Step.REPORT_NONE,
            frozenset({State.RECOMMENDED}),
            State.CLOSED,
            Side.FILING,
            EventName.OUTCOME_REPORTED,
            Side.PLACING,
        ),
        Transition(
            Step.ASK_NEW_MATCH,
            frozenset({State.RECOMMENDED}),
            State.IN_PROGRESS,
            Side.FILING,
            EventName.NEW_MATCH_ASKED,
            Side.PLACING,
        ),
        Transition(
            Step.WITHDRAW,
            OPEN_WITH_PLACING | {State.DRAFT},
            State.WITHDRAWN,
            Side.FILING,
            EventName.REQUEST_WITHDRAWN,
            Side.PLACING,
        ),
        Transition(
            Step.PLACE_ACUTE,
            OPEN_WITH_PLACING | {State.DRAFT},
            State.PLACED_ACUTE,
            Side.FILING,
            EventName.REQUEST_PLACED_ACUTE,
            Side.PLACING,
        ),
        Transition(
            Step.COMPLETE,
            frozenset({State.PLACED_ACUTE}),
            State.CLOSED,
            Side.FILING,
            EventName.REQUEST_COMPLETED,
            Side.PLACING,
        ),
    )
}


class StepNotAllowed(Exception):
    """The request is in a state in which the step cannot be taken."""

    def __init__(self, step: Step, state: State) -> None:
        super().__init__(f"{step} is not possible in the state {state}")
        self.step = step
        self.state = state


class ProposalWaits(StepNotAllowed):
    """A proposal of another service waits for its answer; it can be withdrawn."""


class NoProposal(StepNotAllowed):
    """No proposal waits for an answer: somebody has answered it, or it was withdrawn."""


def is_possible(step: Step, state: State) -> bool:
    return state in TRANSITIONS[step].sources


def state_after(step: Step, state: State) -> State:
    """The state that the step leads to. Raises StepNotAllowed."""
    if not is_possible(step, state):
        raise StepNotAllowed(step, state)
    return TRANSITIONS[step].target or state
