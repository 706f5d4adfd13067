"""A household's requests: begun from the adult's, sent, taken, recommended and reported together.

Each takes the step for itself, with a row of its own in the trail, and only where its state
knows the step.
"""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.db import transaction

from placements.actions.drafts import start_draft, submit_request
from placements.actions.protection import hold_household
from placements.actions.recommending import recommend
from placements.actions.reporting import report_outcome
from placements.domain.lifecycle import State, Step, is_possible
from placements.domain.sections import COMMON_TO_HOUSEHOLD
from placements.models import OutcomeFeedback, PlacementRequest, Recommendation
from placements.queries import households
from spink.foundation.actor import Actor


def add_child(*, request_id: int, creation_key: UUID, by: Actor) -> PlacementRequest:
    """A draft for a child of the household, with all that is common to it. Raises KeyTaken."""
    request = PlacementRequest.objects.get(pk=request_id)
    adult = PlacementRequest.objects.get(pk=households.head_id(request))
    known = {name: getattr(adult, name) for name in COMMON_TO_HOUSEHOLD}
    return start_draft(
        unit_id=adult.unit_id,
        creation_key=creation_key,
        by=by,
        known=known | {"household_of": adult},
    )


@transaction.atomic
def submit_household(
    *, request_id: int, by: Actor, version: int | None = None
) -> list[PlacementRequest]:
    """Send the request and all drafts of the household, or none. Raises what `submit_request` does,
    Incomplete for the first that is not complete."""
    hold_household(request_id)
    sent = [submit_request(request_id=request_id, by=by, version=version)]
    sent += [submit_request(request_id=one.pk, by=by) for one in _others(sent[0], Step.SUBMIT)]
    return sent


@transaction.atomic
def recommend_to_household(
    *, request_id: int, by: Actor, version: int | None = None, **told: Any
) -> Recommendation:
    """The same units to all who are to live together; the takings are those of `recommend`."""
    hold_household(request_id)
    request = PlacementRequest.objects.get(pk=request_id)
    others = list(_others(request, Step.RECOMMEND, together=True))
    sent = recommend(request_id=request_id, by=by, version=version, **told)
    for other in others:
        recommend(request_id=other.pk, by=by, **told)
    return sent


@transaction.atomic
def report_for_household(
    *, request_id: int, by: Actor, version: int | None = None, **told: Any
) -> OutcomeFeedback:
    """The same outcome for all who are to live together; the takings are `report_outcome`'s."""
    hold_household(request_id)
    request = PlacementRequest.objects.get(pk=request_id)
    others = list(_others(request, Step.REPORT_CHOSEN, together=True))
    feedback = report_outcome(request_id=request_id, by=by, version=version, **told)
    for other in others:
        report_outcome(request_id=other.pk, by=by, **told)
    return feedback


def _others(
    request: PlacementRequest, step: Step, *, together: bool = False
) -> Iterator[PlacementRequest]:
    """The others of the household whose state knows the step."""
    found = households.living_together(request) if together else households.household_of(request)
    for one in found:
        if one.pk != request.pk and is_possible(step, State(one.state)):
            yield one
