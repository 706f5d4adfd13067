"""Remarks on the own handling: filed, and then steps of the lifecycle's table, each on record."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import transaction

from placements import policies
from placements.domain.deviations import (
    UNTOLD,
    DeviationState,
    DeviationStep,
    deviation_state_after,
    may_handle_deviation,
)
from placements.models import (
    PlacementRequest,
    ProcessDeviation,
    ProcessDeviationEntry,
    ProcessDeviationRequest,
)
from placements.queries.self_checks import handlers_of
from spink.accounts.models import PlacementTeam, Unit
from spink.catalogue import queries as catalogue
from spink.catalogue.models import ReasonKind
from spink.foundation import audit, clock, outbox
from spink.foundation.actor import Actor
from spink.foundation.bad_input import BadInput
from spink.foundation.events import Event, EventName


class DeviationOutdated(Exception):
    """Somebody else changed the deviation since it was read; `current` is how it stands now."""

    def __init__(self, current: ProcessDeviation) -> None:
        super().__init__(f"deviation {current.pk} is at version {current.version}")
        self.current = current


@dataclass(slots=True)
class _Step:
    deviation: ProcessDeviation
    entry: dict[str, Any] = field(default_factory=dict)


@transaction.atomic
def file_deviation(
    *,
    key: UUID,
    category: str,
    text: str,
    unit: Unit | None,
    team: PlacementTeam | None = None,
    request: PlacementRequest | None = None,
    by: Actor,
) -> ProcessDeviation:
    """The same one where the same form has been sent before. Raises BadInput.

    `unit` is the filer's, None for whoever works in none.
    """
    _check_code(category, ReasonKind.DEVIATION_CATEGORY, "category")
    deviation, is_new = ProcessDeviation.objects.get_or_create(
        key=key,
        defaults={
            "category": category,
            "text": text,
            "unit": unit,
            "team": team,
            "has_request": request is not None,
            "handlers": _handlers(request),
            "filed_by_id": by.user_id,
            "filed_at": clock.now(),
        },
    )
    if not is_new:
        return deviation
    if request is not None:
        ProcessDeviationRequest.objects.create(deviation=deviation, request=request)
    _publish(EventName.DEVIATION_FILED, deviation, by)
    _audit("file_deviation", deviation, by, {"category": category})
    return deviation


def take_deviation(*, deviation_id: int, by: Actor, version: int | None = None) -> ProcessDeviation:
    """Begin the review. Raises NotAllowed, DeviationStepNotAllowed, DeviationOutdated."""
    with _taking(DeviationStep.TAKE, deviation_id, by, version) as step:
        step.deviation.owner_id = by.user_id
    return step.deviation


def hand_over_deviation(
    *, deviation_id: int, to_id: int, by: Actor, version: int | None = None
) -> ProcessDeviation:
    """Raises as `take_deviation`, and BadInput for one who may not handle it."""
    with _taking(DeviationStep.HAND_OVER, deviation_id, by, version) as step:
        of = step.deviation
        if not may_handle_deviation(to_id, filed_by_id=of.filed_by_id, handlers=of.handlers):
            raise BadInput("may not handle it", field="to")
        of.owner_id = to_id
        step.entry["to_id"] = to_id
    return step.deviation


def correct_deviation(
    *,
    deviation_id: int,
    category: str,
    team_id: int | None,
    by: Actor,
    version: int | None = None,
) -> ProcessDeviation:
    """What it is about, and whom. Raises as `take_deviation`, and BadInput."""
    _check_code(category, ReasonKind.DEVIATION_CATEGORY, "category")
    with _taking(DeviationStep.CORRECT, deviation_id, by, version) as step:
        step.deviation.category, step.deviation.team_id = category, team_id
        step.entry["code"] = category
    return step.deviation


def note_on_deviation(
    *, deviation_id: int, text: str, by: Actor, version: int | None = None
) -> ProcessDeviation:
    """What was found out, among those who handle deviations. Raises as `take_deviation`."""
    with _taking(DeviationStep.NOTE, deviation_id, by, version) as step:
        step.entry["text"] = text
    return step.deviation


def close_deviation(
    *, deviation_id: int, outcome: str, text: str, by: Actor, version: int | None = None
) -> ProcessDeviation:
    """With the answer that the filer gets. Raises as `take_deviation`, and BadInput."""
    _check_code(outcome, ReasonKind.DEVIATION_OUTCOME, "outcome")
    if not text.strip():
        raise BadInput("is needed", field="text")
    with _taking(DeviationStep.CLOSE, deviation_id, by, version) as step:
        closed = step.deviation
        closed.outcome, closed.closed_at, closed.closed_by_id = outcome, clock.now(), by.user_id
        closed.news_at = closed.closed_at
        step.entry |= {"code": outcome, "text": text}
        _publish(EventName.DEVIATION_ANSWERED, closed, by)
    return step.deviation


def reopen_deviation(
    *, deviation_id: int, by: Actor, version: int | None = None
) -> ProcessDeviation:
    """Raises as `take_deviation`."""
    with _taking(DeviationStep.REOPEN, deviation_id, by, version) as step:
        opened = step.deviation
        opened.outcome, opened.closed_at, opened.closed_by_id = "", None, None
    return step.deviation


def mark_deviation_looked_at(deviation: ProcessDeviation, *, by: Actor) -> None:
    """Whoever filed it has seen the answer."""
    if deviation.news_at is not None and deviation.filed_by_id == by.user_id:
        ProcessDeviation.objects.filter(pk=deviation.pk).update(news_at=None)


@contextmanager
def _taking(
    kind: DeviationStep, deviation_id: int, by: Actor, version: int | None
) -> Iterator[_Step]:
    with transaction.atomic():
        deviation = ProcessDeviation.objects.select_for_update().get(pk=deviation_id)
        policies.check_may_handle_deviation(deviation, by)
        if version is not None and deviation.version != version:
            raise DeviationOutdated(deviation)
        before = DeviationState(deviation.state)
        deviation.state = deviation_state_after(kind, before)
        taken = _Step(deviation)
        yield taken
        deviation.version += 1
        deviation.save()
        ProcessDeviationEntry.objects.create(
            deviation=deviation,
            at=clock.now(),
            by_id=by.user_id,
            step=kind,
            is_internal=kind in UNTOLD,
            **taken.entry,
        )
        details = {"from": before.value, "to": deviation.state}
        if deviation.outcome:
            details["outcome"] = deviation.outcome
        _audit(f"{kind.value}_deviation", deviation, by, details)


def _handlers(request: PlacementRequest | None) -> list[int]:
    return handlers_of([request]).get(request.pk, []) if request is not None else []


def _check_code(code: str, kind: ReasonKind, name: str) -> None:
    if code not in {one.code for one in catalogue.reasons(kind, clock.today())}:
        raise BadInput("is not in the catalogue", field=name)


def _publish(name: EventName, deviation: ProcessDeviation, by: Actor) -> None:
    outbox.publish(Event(name, {"deviation_id": deviation.pk, "by_user_id": by.user_id}))


def _audit(action: str, deviation: ProcessDeviation, by: Actor, details: dict[str, str]) -> None:
    audit.record(
        action=action,
        by=by,
        subject="process_deviation",
        subject_id=str(deviation.pk),
        details=details,
    )
