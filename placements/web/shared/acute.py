"""A placement made out of hours, as both sides read it on the request's page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from placements import queries
from placements.domain.lifecycle import Step
from placements.models import PlacementRequest, TimelineEntry
from spink.catalogue import queries as catalogue
from spink.catalogue.models import ReasonKind


@dataclass(frozen=True, slots=True)
class ShownAcute:
    placed_at: datetime
    registered_at: datetime
    reason: str
    by: str


def acute_of(placement: PlacementRequest, entries: Sequence[TimelineEntry]) -> ShownAcute | None:
    """Looked for only where the timeline tells of one."""
    if not any(entry.kind == Step.PLACE_ACUTE for entry in entries):
        return None
    made = queries.acute_placement_of(placement)
    if made is None:
        return None
    names = catalogue.names([made.reason], of=ReasonKind.ACUTE_PLACEMENT)
    return ShownAcute(
        made.placed_at, made.registered_at, names[made.reason], str(made.registered_by)
    )
