"""How every change of a request is made: lock, decide, save, audit row, timeline and event.

All in one transaction. The caller has asked the policies; here only the record itself decides.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from placements.domain.lifecycle import TRANSITIONS, State, Step, state_after
from placements.domain.values import Audience
from placements.models import PlacementRequest, TimelineEntry
from spink.foundation import audit, clock, outbox
from spink.foundation.actor import Actor
from spink.foundation.events import Event, EventName
from spink.foundation.models import AuditEntry


class Outdated(Exception):
    """Somebody else changed the request since it was read; `current` is how it stands now."""

    def __init__(self, current: PlacementRequest) -> None:
        super().__init__(f"{current.reference} is at version {current.version}")
        self.current = current


@dataclass(slots=True)
class Change:
    """A change of a request while it is being made."""

    request: PlacementRequest
    facts: dict[str, Any] = field(default_factory=dict)
    """What the timeline's sentence names: names of units, codes, dates. No personal data."""
    text: str = ""
    details: dict[str, Any] = field(default_factory=dict)
    audience: Audience = Audience.BOTH


def lock(request_id: int, *, version: int | None) -> PlacementRequest:
    """The locked request. Raises Outdated if `version` is given and no longer the current one."""
    request = PlacementRequest.objects.select_for_update().get(id=request_id)
    if version is not None and request.version != version:
        raise Outdated(request)
    return request


@contextmanager
def taking_step(step: Step, *, request_id: int, by: Actor, version: int | None) -> Iterator[Change]:
    """Take a step of the lifecycle. Raises StepNotAllowed in a state that does not know it."""
    with transaction.atomic():
        request = lock(request_id, version=version)
        before = State(request.state)
        request.state = state_after(step, before)
        change = Change(request)
        yield change
        save(request)
        if before is not State.DRAFT or step is not Step.WITHDRAW:
            announce(step, change, by=by)
        _audit(step, change, by=by, before=before)


@contextmanager
def editing(*, request_id: int, by: Actor, version: int | None, what: str) -> Iterator[Change]:
    """Change a draft: no step of the lifecycle, but in the audit trail all the same."""
    with transaction.atomic():
        change = Change(lock(request_id, version=version))
        yield change
        save(change.request)
        _audit(what, change, by=by, before=State(change.request.state))


def save(request: PlacementRequest) -> None:
    count_change(request)
    request.save()


def count_change(request: PlacementRequest) -> None:
    request.version += 1
    request.changed_at = clock.now()


def tell(change: Change, *, kind: str, by: Actor) -> TimelineEntry:
    """Add to the timeline."""
    return TimelineEntry.objects.create(
        request=change.request,
        at=clock.now(),
        actor_kind=by.kind,
        actor_id=by.id,
        actor_label=by.label,
        kind=kind,
        audience=change.audience,
        facts=change.facts,
        text=change.text,
    )


def announce(step: Step, change: Change, *, by: Actor) -> None:
    """On the timeline, and to whoever waits for the step."""
    tell(change, kind=step, by=by)
    if event := TRANSITIONS[step].event:
        publish(event, change.request, by)


def publish(event: EventName, request: PlacementRequest, by: Actor) -> None:
    payload: dict[str, str | int | None] = {
        "request_id": request.pk,
        "reference": request.reference,
        "by_user_id": by.user_id if by.is_person else None,
    }
    outbox.publish(Event(event, payload))


def _audit(action: str, change: Change, *, by: Actor, before: State) -> None:
    audit.record_all([entry(action, change, by=by, before=before)])


def entry(action: str, change: Change, *, by: Actor, before: State) -> AuditEntry:
    """The audit row of a change, as the request stands after it."""
    request = change.request
    return audit.entry(
        action=action,
        by=by,
        subject="placement_request",
        subject_id=str(request.pk),
        reference=request.reference,
        details={"from": before, "to": request.state, "version": request.version} | change.details,
    )
