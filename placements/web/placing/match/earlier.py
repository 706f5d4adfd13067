"""What came of the request's earlier recommendations: on top of a new match, and at each unit."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from placements import queries
from placements.models import PlacementRequest
from placements.web.shared.offered import Said
from placements.web.shared.recommendations import ShownFeedback, feedback_of
from placements.web.shared.short import short_moment
from spink.foundation import clock


@dataclass(frozen=True, slots=True)
class Earlier:
    declined: ShownFeedback | None = None
    """Why the filing side has asked for a new match."""
    units: Mapping[str, Said] = field(default_factory=dict)


def earlier_of(placement: PlacementRequest) -> Earlier:
    """Nothing, and no query, before the first recommendation."""
    if placement.feedback_due_on is None:
        return Earlier()
    reported = feedback_of(placement)
    declined = reported[0] if reported and reported[0].asks_new_match else None
    now = clock.now()
    units: dict[str, Said] = {}
    for one in reversed(queries.recommendations_of(placement)):
        day = {"day": short_moment(one.sent_at, now=now)}
        is_over = declined is not None and one.sent_at <= declined.at
        text = _("Recommended %(day)s, not chosen") if is_over else _("Recommended %(day)s")
        units |= {
            unit.unit_code: Said(text % day, "old" if is_over else "done")
            for unit in one.units.all()
        }
    return Earlier(declined, units)
