"""What is expected of the reader: the first thing that a request's page says."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from placements.domain.lifecycle import ENDED, Side, State
from placements.models import PlacementRequest
from spink.foundation import clock
from spink.web import wording


@dataclass(frozen=True, slots=True)
class Todo:
    title: str
    text: str
    look: str = "info"
    url: str = ""
    action: str = ""


def todo_of(
    placement: PlacementRequest,
    sides: frozenset[Side],
    *,
    to_close: Sequence[str] = (),
    goes_on_at: str = "",
) -> Todo | None:
    """None for one who only reads, and where a proposal of another service says it itself.

    `to_close` are linked requests that are still open; `goes_on_at` is the address of the request
    in which this one goes on.
    """
    if placement.state == State.IN_PROGRESS and placement.service_proposed_at is not None:
        return None
    if to_close:
        return _to_close(to_close)
    if Side.FILING in sides:
        return _for_filing(placement, goes_on_at)
    if Side.PLACING in sides:
        return _for_placing(placement)
    return None


def _for_filing(placement: PlacementRequest, goes_on_at: str) -> Todo:
    state = State(placement.state)
    if state is State.AWAITING_INFORMATION:
        return Todo(
            _("The officer asks you for more"),
            _("The match waits for your answer."),
            "warning",
            _address("answer", placement),
            _("Answer"),
        )
    if state is State.RECOMMENDED:
        return Todo(
            _("Now we wait for you"),
            _report_text(placement),
            url=_address("report", placement),
            action=_("Report back"),
        )
    if state is State.PLACED_ACUTE:
        return Todo(
            _("Placed out of hours: to be completed"),
            _("Fill in what was left out at night, above all the decision and its legal basis."),
            "warning",
            _address("edit", placement),
            _("Complete"),
        )
    if state in ENDED:
        return _ended(state, goes_on_at)
    return Todo(_("Nothing for you to do now"), _with_whom(placement))


def _ended(state: State, goes_on_at: str) -> Todo:
    if state is State.CLOSED:
        return Todo(_("Closed"), _("You have reported back. Nothing more is expected."), "success")
    if state is State.OTHER_SERVICE:
        text = _("It goes on in a request of its own. Nothing more is expected here.")
        action = _("To the new request") if goes_on_at else ""
        return Todo(_("Ended in another service"), text, "success", goes_on_at, action)
    return Todo(_("Withdrawn"), _("The request was withdrawn. Nothing more is expected."))


def _to_close(references: Sequence[str]) -> Todo:
    return Todo(
        _("Shall the other request be closed?"),
        _("You have reported back. %(references)s is still open for the same person.")
        % {"references": wording.listed(references)},
        "warning",
        "#same-person",
        _("See it"),
    )


def _report_text(placement: PlacementRequest) -> str:
    text = _("Call the units, decide which one it will be, and tell us, even if none suited.")
    if placement.feedback_due_on is None:
        return text
    day = wording.near_day(placement.feedback_due_on, today=clock.today())
    return _("%(text)s No later than %(day)s.") % {"text": text, "day": day}


def _with_whom(placement: PlacementRequest) -> str:
    if placement.assigned_to is None:
        return _("The placement function has your request. You are told when somebody takes it.")
    return _("%(officer)s is matching your request. You are told when there is something new.") % {
        "officer": placement.assigned_to
    }


def _for_placing(placement: PlacementRequest) -> Todo | None:
    state = State(placement.state)
    if state is State.SUBMITTED:
        return Todo(_("Nobody has taken this request yet"), _("Take it to begin the match."))
    if state is State.IN_PROGRESS:
        return Todo(
            _("To be matched"),
            _("Match the need against the register and recommend."),
            url=_address("match", placement),
            action=_("Match"),
        )
    if state is State.AWAITING_INFORMATION:
        return Todo(_("Waits for the social worker's answer"), _("You are told when it comes."))
    if state is State.PLACED_ACUTE:
        return Todo(_("Placed out of hours"), _("The unit completes what was left out at night."))
    if state is State.RECOMMENDED:
        return Todo(_("Waits for the social worker's report"), _("You are told when it comes."))
    return None


def _address(name: str, placement: PlacementRequest) -> str:
    return reverse(f"placements:{name}", args=[placement.reference])
