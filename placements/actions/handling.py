"""What is asked, answered and said about a request that has been sent, and taking it back."""

from datetime import datetime

from django.db import transaction

from placements.actions import stepping
from placements.domain.due import after_pause, paused_by
from placements.domain.lifecycle import ProposalWaits, Side, State, Step
from placements.domain.values import Audience, ProposalAnswer
from placements.models import InformationRequest, PlacementRequest, ServiceProposal, TimelineEntry
from placements.queries.office import office_of
from spink.foundation import audit, clock
from spink.foundation.actor import Actor
from spink.foundation.events import EventName


def ask_information(
    *, request_id: int, question: str, by: Actor, version: int | None = None
) -> InformationRequest:
    """Ask the social worker for more (komplettering); the request waits for the answer.

    Raises ProposalWaits while another service is proposed, StepNotAllowed, Outdated.
    """
    with stepping.taking_step(
        Step.ASK_INFORMATION, request_id=request_id, by=by, version=version
    ) as change:
        check_no_proposal_waits(change.request, Step.ASK_INFORMATION)
        change.text = question
        return InformationRequest.objects.create(
            request=change.request, question=question, asked_at=clock.now(), asked_by_id=by.user_id
        )


def answer_information(
    *, request_id: int, answer: str, by: Actor, version: int | None = None
) -> PlacementRequest:
    with stepping.taking_step(
        Step.ANSWER_INFORMATION, request_id=request_id, by=by, version=version
    ) as change:
        change.text = answer
        questions = InformationRequest.objects.filter(request=change.request, answered_at=None)
        for question in questions:
            wait_is_over(change.request, since=question.asked_at)
        questions.update(answer=answer, answered_at=clock.now(), answered_by_id=by.user_id)
    return change.request


def check_no_proposal_waits(request: PlacementRequest, step: Step) -> None:
    if request.service_proposed_at is not None:
        raise ProposalWaits(step, State(request.state))


def wait_is_over(request: PlacementRequest, *, since: datetime) -> None:
    """The due time moves by the working time that the answer took."""
    if request.due_at is None:
        return
    office = office_of(request.municipality_id)
    paused = paused_by(request.due_at, since, clock.now(), office)
    request.due_at = after_pause(request.due_at, paused, office)
    request.due_paused += paused


@transaction.atomic
def write(
    *, request_id: int, text: str, audience: Audience, by: Actor, side: Side | None = None
) -> TimelineEntry:
    """A message for both sides, or an internal note of one of them; `side` is the writer's."""
    kind = "message" if audience is Audience.BOTH else "note"
    request = PlacementRequest.objects.get(id=request_id)
    facts = {} if side is None else {"side": side}
    change = stepping.Change(request, facts=facts, text=text, audience=audience)
    audit.record(
        action=f"write_{kind}",
        by=by,
        subject="placement_request",
        subject_id=str(request.pk),
        reference=request.reference,
    )
    if audience is Audience.BOTH:
        stepping.publish(EventName.MESSAGE_WRITTEN, request, by)
    return stepping.tell(change, kind=kind, by=by)


def withdraw_request(
    *, request_id: int, reason: str, text: str = "", by: Actor, version: int | None = None
) -> PlacementRequest:
    """The filing side takes the request back, with a coded reason; a draft is thrown away so."""
    with stepping.taking_step(
        Step.WITHDRAW, request_id=request_id, by=by, version=version
    ) as change:
        change.request.withdrawal_reason = reason
        change.request.has_purchase = False
        change.facts = {"reason": reason}
        change.text = text
        end(change.request, by)
    return change.request


def end(request: PlacementRequest, by: Actor) -> None:
    request.ended_at = clock.now()
    request.ended_by_id = by.user_id
    InformationRequest.objects.filter(request=request, answered_at=None).update(
        answered_at=clock.now(), answered_by_id=by.user_id
    )
    lapse_proposals(request, by)


def lapse_proposals(request: PlacementRequest, by: Actor) -> None:
    """What was proposed is answered by what became of the request."""
    if request.service_proposed_at is None:
        return
    request.service_proposed_at = None
    ServiceProposal.objects.filter(request=request, answer="").update(
        answer=ProposalAnswer.LAPSED, answered_at=clock.now(), answered_by_id=by.user_id
    )
