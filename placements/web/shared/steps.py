"""How far a request has come, as the line of steps shows it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from placements.domain.lifecycle import State, Step
from placements.models import PlacementRequest, TimelineEntry
from spink.foundation import clock
from spink.web import wording


@dataclass(frozen=True, slots=True)
class ShownStep:
    title: str
    note: str
    state: str
    """done, now, later or stopped."""


REACHED = {
    State.SUBMITTED: 1,
    State.IN_PROGRESS: 2,
    State.AWAITING_INFORMATION: 2,
    State.RECOMMENDED: 3,
    State.PLACED_ACUTE: 1,
    State.CLOSED: 5,
}


def steps_of(placement: PlacementRequest, entries: Sequence[TimelineEntry]) -> list[ShownStep]:
    """Sent, taken, recommended, reported back, closed; a withdrawn one stops where it was."""
    first = {entry.kind: entry.at for entry in entries}  # newest first: the oldest stays
    if placement.state == State.WITHDRAWN:
        return [
            _done(_("Sent"), placement.submitted_at),
            ShownStep(_("Withdrawn"), _moment(placement.ended_at), "stopped"),
        ]
    if placement.state == State.OTHER_SERVICE:
        return [
            _done(_("Sent"), placement.submitted_at),
            _done(_("Matched"), first.get(Step.TAKE)),
            _done(_("Ended in another service"), placement.ended_at),
        ]
    if Step.PLACE_ACUTE in first:
        return _steps_of_acute(placement, first[Step.PLACE_ACUTE])
    titles = [
        (_("Sent"), placement.submitted_at, ""),
        (_("Matched"), first.get(Step.TAKE), _("by a placement officer")),
        (_("Recommended"), first.get(Step.RECOMMEND), ""),
        (
            _("Reported back") if placement.ended_at else _("Report back"),
            placement.ended_at,
            _feedback_note(placement),
        ),
        (_("Closed"), placement.ended_at, _("when you have reported back")),
    ]
    reached = REACHED[State(placement.state)]
    return [
        _done(title, at)
        if number <= _finished(placement, reached)
        else _coming(title, note, is_now=number == _finished(placement, reached) + 1)
        for number, (title, at, note) in enumerate(titles, start=1)
    ]


def _steps_of_acute(placement: PlacementRequest, placed_at: datetime) -> list[ShownStep]:
    is_open = placement.state == State.PLACED_ACUTE
    completed = _coming(_("Completed"), _completion_note(placement), is_now=True)
    return [
        _done(_("Placed out of hours"), placed_at),
        completed if is_open else _done(_("Completed"), placement.ended_at),
    ]


def _completion_note(placement: PlacementRequest) -> str:
    due = placement.due_at
    if due is None:
        return ""
    said = wording.near_day(due.astimezone(clock.STOCKHOLM).date(), today=clock.today())
    return _("no later than %(day)s") % {"day": said}


def _finished(placement: PlacementRequest, reached: int) -> int:
    """Being matched is under way, not finished."""
    under_way = placement.state in (State.IN_PROGRESS, State.AWAITING_INFORMATION)
    return reached - 1 if under_way else reached


def _done(title: str, at: datetime | None) -> ShownStep:
    return ShownStep(title, _moment(at), "done")


def _coming(title: str, note: str, *, is_now: bool) -> ShownStep:
    return ShownStep(title, note, "now" if is_now else "later")


def _moment(at: datetime | None) -> str:
    return wording.moment(at, now=clock.now()) if at else ""


def _feedback_note(placement: PlacementRequest) -> str:
    day = placement.feedback_due_on
    if placement.state != State.RECOMMENDED or day is None:
        return ""
    return _("no later than %(day)s") % {"day": wording.near_day(day, today=clock.today())}
