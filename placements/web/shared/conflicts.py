"""Somebody else was quicker: what happened, by whom, and what was typed is kept (409)."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from placements import queries
from placements.actions import Outdated
from placements.domain.lifecycle import NoProposal, ProposalWaits, StepNotAllowed
from placements.models import PlacementRequest
from placements.web.shared.timeline import TimelineRow, rows_of
from spink.accounts.middleware import WallRequest

CONFLICT = 409
SHOWN_AT_MOST = 5

TooLate = Outdated | StepNotAllowed


@dataclass(frozen=True, slots=True)
class Conflict:
    title: str
    text: str
    happened: list[TimelineRow]
    """Newest first."""


def conflict_of(
    error: TooLate, placement: PlacementRequest, request: WallRequest, *, seen: int | None
) -> Conflict:
    """`seen` is the version that the page was made from, where it is known."""
    placement.refresh_from_db()
    missed = placement.version - seen if seen is not None else 1
    entries = queries.timeline_of(placement, reach=request.reach)[: _shown(missed)]
    happened = rows_of(entries, reader_id=request.reach.user_id)
    if isinstance(error, ProposalWaits | NoProposal):
        return Conflict(_("This can no longer be done"), _proposal_text(error), happened)
    if isinstance(error, StepNotAllowed):
        return Conflict(
            title=_("This can no longer be done"),
            text=_("The request is now in the state “%(state)s”. Nothing of yours was saved.")
            % {"state": placement.get_state_display()},
            happened=happened,
        )
    return Conflict(
        title=_("The request has changed since you opened the page"),
        text=_("Nothing is sent yet. Read what happened, and send again if it still holds."),
        happened=happened,
    )


def _proposal_text(error: StepNotAllowed) -> str:
    if isinstance(error, ProposalWaits):
        return _("A proposal of another service waits for its answer. Withdraw it first.")
    return _("The proposal has been answered or withdrawn. Nothing of yours was saved.")


def _shown(missed: int) -> int:
    return min(max(missed, 1), SHOWN_AT_MOST)
