"""Requests filed side by side for one person, of which one is to be carried out."""

from uuid import UUID, uuid4

from django.db import transaction

from placements.actions import stepping
from placements.actions.drafts import filer_of_another, start_draft
from placements.domain.lifecycle import State
from placements.domain.sections import FIELDS, Section
from placements.models import PlacementRequest
from spink.foundation import audit
from spink.foundation.actor import Actor

KNOWN_OF_PERSON = (
    "person",
    *FIELDS[Section.PERSON],
    *FIELDS[Section.DECISION],
    *FIELDS[Section.NEEDS],
    *FIELDS[Section.PLACE],
    *FIELDS[Section.MORE],
    "best_interests",
    "childs_view",
)


class NotTheSamePerson(Exception):
    """Only what a unit has filed for one person, under one row, is linked."""


@transaction.atomic
def begin_side_by_side(*, request_id: int, creation_key: UUID, by: Actor) -> PlacementRequest:
    """A draft about the same person, with what is known but for the service. Raises KeyTaken."""
    request = stepping.lock(request_id, version=None)
    if request.side_by_side is None:
        _put(request, uuid4(), by)
    known = {name: getattr(request, name) for name in KNOWN_OF_PERSON}
    return start_draft(
        unit_id=request.unit_id,
        creation_key=creation_key,
        by=by,
        known=known
        | {
            "side_by_side": request.side_by_side,
            "created_by_id": filer_of_another(request, by),
        },
    )


@transaction.atomic
def link_side_by_side(*, request_id: int, other_id: int, by: Actor) -> None:
    """Both, and what each is linked with already, stand side by side from now on."""
    ids = {request_id, other_id}
    pair = list(PlacementRequest.objects.select_for_update().filter(pk__in=ids).order_by("pk"))
    if len(pair) != 2 or pair[0].person_id is None or pair[0].person_id != pair[1].person_id:
        raise NotTheSamePerson
    groups = {one.side_by_side for one in pair if one.side_by_side}
    linked = PlacementRequest.objects.select_for_update().filter(side_by_side__in=groups)
    group = next(iter(groups), None) or uuid4()
    for one in {one.pk: one for one in [*linked.order_by("pk"), *pair]}.values():
        if one.side_by_side != group:
            _put(one, group, by)


def _put(request: PlacementRequest, group: UUID, by: Actor) -> None:
    request.side_by_side = group
    stepping.save(request)
    if request.state != State.DRAFT:
        stepping.tell(stepping.Change(request), kind="link_side_by_side", by=by)
    audit.record(
        action="link_side_by_side",
        by=by,
        subject="placement_request",
        subject_id=str(request.pk),
        reference=request.reference,
    )
