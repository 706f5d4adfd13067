from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from placements import policies, queries
from placements.domain.lifecycle import Step
from placements.models import PlacementRequest
from providers import queries as register
from spink.accounts.domain.reach import Reach
from spink.catalogue import queries as catalogue
from spink.catalogue.models import ReasonKind
from spink.foundation import clock


@dataclass(frozen=True, slots=True)
class PlacedRow:
    reference: str
    url: str
    title: str
    label: str
    is_protected: bool
    unit: str
    """Who completes it; empty where that would tell where a protected person lives."""
    placed_at: datetime
    by: str
    placed_in: str
    reason: str
    due_at: datetime | None
    is_late: bool
    complete_url: str


def rows_of(placed: Iterable[PlacementRequest], reach: Reach) -> list[PlacedRow]:
    listed = list(placed)
    codes = [one.acute_placement.unit_code for one in listed]
    services = catalogue.names({one.service_type for one in listed}, of="service")
    reasons = catalogue.names(
        {one.acute_placement.reason for one in listed}, of=ReasonKind.ACUTE_PLACEMENT
    )
    units = register.named_units(codes)
    return [_row(one, reach, services, reasons, units) for one in listed]


def _row(
    placement: PlacementRequest,
    reach: Reach,
    services: dict[str, str],
    reasons: dict[str, str],
    units: dict[str, register.NamedUnit],
) -> PlacedRow:
    shown, made = queries.shown_label(placement), placement.acute_placement
    unit, due = units.get(made.unit_code), placement.due_at
    can_complete = policies.can_take_step(Step.COMPLETE, placement, reach)
    return PlacedRow(
        reference=placement.reference,
        url=reverse("placements:request", args=[placement.reference]),
        title=services.get(placement.service_type) or _("No service chosen yet"),
        label=shown.label,
        is_protected=shown.is_protected,
        unit="" if shown.is_protected else str(placement.unit),
        placed_at=made.placed_at,
        by=str(placement.created_by),
        placed_in=unit.name if unit else made.unit_code,
        reason=reasons[made.reason],
        due_at=due,
        is_late=due is not None and due < clock.now(),
        complete_url=reverse("placements:edit", args=[placement.reference]) if can_complete else "",
    )
