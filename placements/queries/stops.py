"""Whether a unit may be asked, recommended or chosen for a request, or is stopped."""

from django.db.models import Exists, OuterRef

from placements.domain.lifecycle import ENDED
from placements.matching.differences import Differences
from placements.models import PlacementRequest, StopTouch
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


def touches_of(request: PlacementRequest) -> list[StopTouch]:
    """Those that stand, with their stops; none for a request that has ended."""
    if request.state in ENDED:
        return []
    found = StopTouch.objects.filter(request=request, lifted_at=None).select_related("stop")
    return list(found)


def waits_for_filers() -> Exists:
    """Of requests: a stop took what was recommended, and nobody has gone on yet."""
    return Exists(
        StopTouch.objects.filter(
            request=OuterRef("pk"), lifted_at=None, settled_at=None, picked_at=None
        ).exclude(withdrawn_codes=[])
    )


def is_touched() -> Exists:
    """Of requests: a stop took a unit, and the officer has not done anything about it yet."""
    return Exists(StopTouch.objects.filter(request=OuterRef("pk"), lifted_at=None, settled_at=None))
