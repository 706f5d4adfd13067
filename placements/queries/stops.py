"""Whether a unit may be asked, recommended or chosen for a request, or is stopped."""

from placements.matching.differences import Differences
from placements.models import PlacementRequest
from placements.queries.matching import match_now
from providers.queries import ClosingStop, closing_stops
from spink.foundation import clock


def closing_stop_of(
    request: PlacementRequest, unit: str, *, form: str | None = None
) -> ClosingStop | None:
    """The stop that closes the rung to the unit; where no `form` is given, the rung on which the
    request would find it."""
    wanted = rung_of(request, unit) if form is None else form
    found = closing_stops({unit: wanted}, instant=clock.today(), start=request.wanted_start)
    return found.get(unit)


def rung_of(request: PlacementRequest, unit: str) -> str:
    """The first rung open to the unit, stops aside; empty for none."""
    differences = Differences(match_now(request).outcome)
    row = differences.row(unit)
    form = None if row is None else differences.form(row)
    return form.value if form else ""
