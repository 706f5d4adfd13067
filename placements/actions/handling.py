"""What officers and social workers do with a request that has been sent."""

from django.db import transaction

from placements.actions import stepping
from placements.domain.due import after_pause, paused_by
from placements.domain.lifecycle import Step
from placements.domain.values import Audience
from placements.models import InformationRequest, PlacementRequest, TimelineEntry
from placements.queries.office import office_of
from spink.accounts import queries as accounts
from spink.foundation import audit, clock
from spink.foundation.actor import Actor
from spink.foundation.events import EventName


class NotAnOfficerHere(Exception):
    """The colleague is no placement officer of the function that has the request."""


def take_request(*, request_id: int, by: Actor, version: int | None = None) -> PlacementRequest:
    """The officer takes the request. Of two at once, the second is told that it is taken."""
    with stepping.taking_step(Step.TAKE, request_id=request_id, by=by, version=version) as change:
        _assign(change, int(by.id))
    return change.request


def assign_request(
    *, request_id: int, to: int, by: Actor, version: int | None = None
) -> PlacementRequest:
    with stepping.taking_step(Step.ASSIGN, request_id=request_id, by=by, version=version) as change:
        _assign(change, to)
    return change.request


def hand_over(
    *, request_id: int, to: int, note: str = "", by: Actor, version: int | None = None
) -> PlacementRequest:
    """Another officer gets the request; the note is for the placing side only."""
    with stepping.taking_step(
        Step.HAND_OVER, request_id=request_id, by=by, version=version
    ) as change:
        _assign(change, to)
        if note:
            internal = stepping.Change(change.request, text=note, audience=Audience.PLACING)
            stepping.tell(internal, kind="note", by=by)
    return change.request


def _assign(change: stepping.Change, user_id: int) -> None:
    request = change.request
    officers = {
        officer.pk: officer for officer in accounts.officers_of(request.placement_function_id or 0)
    }
    if user_id not in officers:
        raise NotAnOfficerHere(user_id)
    request.assigned_to = officers[user_id]
    request.assigned_at = clock.now()
    change.facts = {"officer": str(officers[user_id])}
    change.details = {"assigned_to": user_id}


def ask_information(
    *, request_id: int, question: str, by: Actor, version: int | None = None
) -> InformationRequest:
    """Ask the social worker for more (komplettering); the request waits for the answer."""
    with stepping.taking_step(
        Step.ASK_INFORMATION, request_id=request_id, by=by, version=version
    ) as change:
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
            _wait_is_over(change.request, question)
        questions.update(answer=answer, answered_at=clock.now(), answered_by_id=by.user_id)
    return change.request


def _wait_is_over(request: PlacementRequest, question: InformationRequest) -> None:
    """The due time moves by the working time that the answer took."""
    if request.due_at is None:
        return
    office = office_of(request.municipality_id)
    paused = paused_by(request.due_at, question.asked_at, clock.now(), office)
    request.due_at = after_pause(request.due_at, paused, office)
    request.due_paused += paused


@transaction.atomic
def write(*, request_id: int, text: str, audience: Audience, by: Actor) -> TimelineEntry:
    """A message for both sides, or an internal note of one of them."""
    kind = "message" if audience is Audience.BOTH else "note"
    request = PlacementRequest.objects.get(id=request_id)
    change = stepping.Change(request, text=text, audience=audience)
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
