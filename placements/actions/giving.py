"""Who has a request: taken, given to a colleague, handed over one or many at a time."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.db import transaction

from placements.actions import stepping
from placements.domain.lifecycle import State, Step, is_possible
from placements.domain.values import Audience
from placements.models import HandOverNote, PlacementRequest
from placements.queries import households
from spink.accounts import queries as accounts
from spink.foundation import audit, clock
from spink.foundation.actor import Actor


class NotAnOfficerHere(Exception):
    """The colleague is no placement officer of the function that has the request."""


class Hindrance(StrEnum):
    """Why a request cannot be handed over with the others."""

    CHANGED = "changed"
    ENDED = "ended"
    HAS_IT = "has_it"
    NOT_AN_OFFICER_HERE = "not_an_officer_here"


class CannotHandOver(Exception):
    """Nothing is handed over; `hindrances` says why, by the ids of those that are in the way."""

    def __init__(self, hindrances: Mapping[int, Hindrance]) -> None:
        super().__init__(f"{len(hindrances)} cannot be handed over")
        self.hindrances = hindrances


@dataclass(frozen=True, slots=True)
class Seen:
    """A request as the one who hands it over saw it."""

    request_id: int
    version: int


@transaction.atomic
def take_request(*, request_id: int, by: Actor, version: int | None = None) -> PlacementRequest:
    """The officer takes the request, and what else of its household nobody has taken. Of two at
    once, the second is told that it is taken."""
    taken = _take(request_id, by=by, version=version)
    for other in _of_household(taken, Step.TAKE):
        _take(other.pk, by=by, version=None)
    return taken


def _take(request_id: int, *, by: Actor, version: int | None) -> PlacementRequest:
    with stepping.taking_step(Step.TAKE, request_id=request_id, by=by, version=version) as change:
        _assign(change, int(by.id))
    return change.request


def _of_household(request: PlacementRequest, step: Step) -> list[PlacementRequest]:
    """A family is matched as one and goes along with the first to another officer; what somebody
    else is at work with is left to them."""
    others = [one.pk for one in households.household_of(request) if one.pk != request.pk]
    free = PlacementRequest.objects.select_for_update(skip_locked=True).filter(pk__in=others)
    return [one for one in free.order_by("id") if is_possible(step, State(one.state))]


@transaction.atomic
def take_next(*, team_ids: Collection[int], by: Actor) -> PlacementRequest | None:
    """The request of these teams that nobody has and that is due first; None where there is none.

    Whoever takes one locks it, and the next one looks past what is locked: two officers at once
    get two requests, and neither waits for the other.
    """
    nobodys = PlacementRequest.objects.filter(state=State.SUBMITTED, team_id__in=team_ids)
    free = nobodys.select_for_update(skip_locked=True).order_by("due_at", "id").first()
    return take_request(request_id=free.pk, by=by) if free else None


@transaction.atomic
def assign_request(
    *, request_id: int, to: int, note: str = "", by: Actor, version: int | None = None
) -> PlacementRequest:
    """A colleague gets the request, and what else of its household nobody has taken."""
    given = _give(Step.ASSIGN, request_id=request_id, to=to, note=note, by=by, version=version)
    for other in _of_household(given, Step.ASSIGN):
        _give(Step.ASSIGN, request_id=other.pk, to=to, note="", by=by, version=None)
    return given


@transaction.atomic
def hand_over(
    *, request_id: int, to: int, note: str = "", by: Actor, version: int | None = None
) -> PlacementRequest:
    """Another officer gets the request, and what else of its household the first one has; the note
    is for the placing side only."""
    before = PlacementRequest.objects.get(pk=request_id).assigned_to_id
    given = _give(Step.HAND_OVER, request_id=request_id, to=to, note=note, by=by, version=version)
    for other in _of_household(given, Step.HAND_OVER):
        if other.assigned_to_id == before:
            _give(Step.HAND_OVER, request_id=other.pk, to=to, note="", by=by, version=None)
    return given


@transaction.atomic
def hand_over_all(*, seen: Sequence[Seen], to: int, note: str = "", by: Actor) -> int:
    """All of them or none, and what else the same officer has of their households, or nobody.

    How many the colleague got. Raises CannotHandOver with what is in the way of each.
    """
    versions = {one.request_id: one.version for one in seen}
    locked = PlacementRequest.objects.select_for_update().filter(id__in=versions).order_by("id")
    requests = list(locked)
    hindrances = {
        request.pk: hindrance
        for request in requests
        if (hindrance := _hindrance(request, versions[request.pk], to))
    }
    if hindrances:
        raise CannotHandOver(hindrances)
    others = _others_of_households(requests)
    for request in requests:
        step = _step_to_another(request)
        _give(step, request_id=request.pk, to=to, note=note, by=by, version=request.version)
    for other in others:
        _give(_step_to_another(other), request_id=other.pk, to=to, note="", by=by, version=None)
    return len(requests) + len(others)


def _others_of_households(requests: Sequence[PlacementRequest]) -> list[PlacementRequest]:
    """Not chosen themselves, and with the same officer as one of their family that is."""
    found: dict[int, PlacementRequest] = {}
    in_households = households.sizes(requests)
    for request in requests:
        if request.pk in in_households:
            family = _of_household(request, _step_to_another(request))
            same = [one for one in family if one.assigned_to_id == request.assigned_to_id]
            found |= {one.pk: one for one in same}
    chosen = {request.pk for request in requests}
    return [one for pk, one in found.items() if pk not in chosen]


def _step_to_another(request: PlacementRequest) -> Step:
    return Step.ASSIGN if request.state == State.SUBMITTED else Step.HAND_OVER


def _hindrance(request: PlacementRequest, version: int, to: int) -> Hindrance | None:
    state = State(request.state)
    if not is_possible(Step.ASSIGN, state) and not is_possible(Step.HAND_OVER, state):
        return Hindrance.ENDED
    if request.version != version:
        return Hindrance.CHANGED
    if request.assigned_to_id == to:
        return Hindrance.HAS_IT
    officers = accounts.officers_of(request.placement_function_id or 0)
    if to not in {officer.pk for officer in officers}:
        return Hindrance.NOT_AN_OFFICER_HERE
    return None


def _give(
    step: Step, *, request_id: int, to: int, note: str, by: Actor, version: int | None
) -> PlacementRequest:
    with stepping.taking_step(step, request_id=request_id, by=by, version=version) as change:
        _assign(change, to)
        if note:
            _leave_note(change.request, note, to=to, by=by)
    return change.request


def _leave_note(request: PlacementRequest, text: str, *, to: int, by: Actor) -> None:
    internal = stepping.Change(request, text=text, audience=Audience.PLACING)
    stepping.tell(internal, kind="note", by=by)
    HandOverNote.objects.create(
        request=request, to_id=to, written_by_id=by.user_id, written_at=clock.now(), text=text
    )


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


@transaction.atomic
def read_hand_over_notes(*, request_id: int, by: Actor) -> None:
    """The receiver has read what the colleague wrote; it stands in the timeline from now on."""
    unread = HandOverNote.objects.filter(request_id=request_id, to_id=by.user_id, read_at=None)
    if unread.update(read_at=clock.now()):
        request = PlacementRequest.objects.get(id=request_id)
        audit.record(
            action="read_hand_over_notes",
            by=by,
            subject="placement_request",
            subject_id=str(request.pk),
            reference=request.reference,
        )
