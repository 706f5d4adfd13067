"""The officer proposes another service; accepted, the request goes on in a new one.

A household is proposed to and answers as one, each of its requests for itself.
"""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from django.db import transaction

from placements.actions import stepping
from placements.actions.drafts import filer_of_another, start_draft
from placements.actions.handling import check_no_proposal_waits, end, wait_is_over
from placements.actions.protection import hold_household
from placements.domain.lifecycle import NoProposal, State, Step, is_possible
from placements.domain.values import ProposalAnswer
from placements.models import PlacementRequest, ServiceProposal
from placements.queries import households
from placements.queries.proposals import beginning_in
from spink.foundation import clock
from spink.foundation.actor import Actor


def propose_service(
    *,
    request_id: int,
    service_type: str,
    subtype: str = "",
    note: str,
    by: Actor,
    version: int | None = None,
) -> ServiceProposal:
    """Propose it to the social worker, and why. The officer's time stands still until the answer.

    Raises ProposalWaits where one is proposed already, StepNotAllowed, Outdated.
    """
    with stepping.taking_step(
        Step.PROPOSE_SERVICE, request_id=request_id, by=by, version=version
    ) as change:
        check_no_proposal_waits(change.request, Step.PROPOSE_SERVICE)
        change.text = note
        change.facts = change.details = {"proposed_service": service_type}
        change.request.service_proposed_at = clock.now()
        return ServiceProposal.objects.create(
            request=change.request,
            service_type=service_type,
            subtype=subtype,
            note=note,
            proposed_at=change.request.service_proposed_at,
            proposed_by_id=by.user_id,
        )


@transaction.atomic
def propose_to_household(
    *,
    request_id: int,
    service_type: str,
    subtype: str = "",
    note: str,
    by: Actor,
    version: int | None = None,
) -> None:
    """The same to all who are to live together, but for those to whom it has been proposed."""
    hold_household(request_id)
    told: dict[str, Any] = {
        "service_type": service_type,
        "subtype": subtype,
        "note": note,
        "by": by,
    }
    request = propose_service(request_id=request_id, version=version, **told).request
    for other in households.living_together(request):
        can = is_possible(Step.PROPOSE_SERVICE, State(other.state))
        if can and other.pk != request.pk and other.service_proposed_at is None:
            propose_service(request_id=other.pk, **told)


def accept_service(*, request_id: int, by: Actor, version: int | None = None) -> PlacementRequest:
    """End the request in the proposed service, and begin the draft that goes on with it.

    Raises NoProposal, StepNotAllowed, Outdated.
    """
    with stepping.taking_step(
        Step.ACCEPT_SERVICE, request_id=request_id, by=by, version=version
    ) as change:
        proposal = _answer(change, Step.ACCEPT_SERVICE, ProposalAnswer.ACCEPTED, by)
        change.request.has_purchase = False
        draft = _begin(change.request, proposal, by)
        end(change.request, by)
    return draft


def decline_service(
    *, request_id: int, reason: str, by: Actor, version: int | None = None
) -> PlacementRequest:
    """The request stays as it is, and the officer reads why. Raises what `accept_service` does."""
    with stepping.taking_step(
        Step.DECLINE_SERVICE, request_id=request_id, by=by, version=version
    ) as change:
        proposal = _answer(change, Step.DECLINE_SERVICE, ProposalAnswer.DECLINED, by, reason)
        wait_is_over(change.request, since=proposal.proposed_at)
        change.text = reason
    return change.request


def withdraw_proposal(
    *, request_id: int, by: Actor, version: int | None = None
) -> PlacementRequest:
    """The officer takes it back before it is answered. Raises what `accept_service` does."""
    with stepping.taking_step(
        Step.WITHDRAW_PROPOSAL, request_id=request_id, by=by, version=version
    ) as change:
        proposal = _answer(change, Step.WITHDRAW_PROPOSAL, ProposalAnswer.WITHDRAWN, by)
        wait_is_over(change.request, since=proposal.proposed_at)
    return change.request


ANSWERS: dict[Step, Callable[..., PlacementRequest]] = {
    Step.ACCEPT_SERVICE: accept_service,
    Step.DECLINE_SERVICE: decline_service,
    Step.WITHDRAW_PROPOSAL: withdraw_proposal,
}


@transaction.atomic
def answer_for_household(
    step: Step, *, request_id: int, by: Actor, version: int | None = None, **told: Any
) -> PlacementRequest:
    """The same step for all who are to live together and have the same proposal; the adult first,
    to whose new request the children's belong. What it gives and takes is the step's own."""
    hold_household(request_id)
    request = stepping.lock(request_id, version=version)
    proposal = _open_proposal(request, step)
    same = ServiceProposal.objects.filter(answer="", service_type=proposal.service_type)
    answered = {
        one.pk: ANSWERS[step](request_id=one.pk, by=by, **told)
        for one in households.living_together(request)
        if one.pk == request.pk or same.filter(request=one).exists()
    }
    return answered[request.pk]


def _open_proposal(request: PlacementRequest, step: Step) -> ServiceProposal:
    proposal = ServiceProposal.objects.filter(request=request, answer="").first()
    if proposal is None:
        raise NoProposal(step, State(request.state))
    return proposal


def _answer(
    change: stepping.Change, step: Step, answer: ProposalAnswer, by: Actor, reason: str = ""
) -> ServiceProposal:
    proposal = _open_proposal(change.request, step)
    proposal.answer, proposal.reason = answer, reason
    proposal.answered_at, proposal.answered_by_id = clock.now(), by.user_id
    proposal.save()
    change.request.service_proposed_at = None
    change.facts = change.details = {"proposed_service": proposal.service_type}
    return proposal


def _begin(request: PlacementRequest, proposal: ServiceProposal, by: Actor) -> PlacementRequest:
    known = beginning_in(request, proposal.service_type, on=clock.today()).values | {
        "service_type": proposal.service_type,
        "subtype": proposal.subtype,
        "person": request.person,
        "side_by_side": request.side_by_side,
        "continues": request,
        "created_by_id": filer_of_another(request, by),
    }
    return start_draft(
        unit_id=request.unit_id,
        creation_key=uuid4(),
        by=by,
        known=known | _household_of(request),
    )


def _household_of(request: PlacementRequest) -> dict[str, object]:
    """A child goes with the adult where the adult goes on; else it will live apart."""
    adult = request.household_of
    if adult is None:
        return {}
    new = adult.continued_by.exclude(state=State.WITHDRAWN).order_by("-id").first()
    if new is not None:
        return {"household_of": new}
    return {"household_of": adult, "lives_together": False}
