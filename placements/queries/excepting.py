"""What is known of units that a match excluded, for those that may be recommended all the same."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from placements.domain.exceptions import Confirmation, Excluded, Person, may_be_excepted
from placements.domain.values import Answer
from placements.matching import Need
from placements.matching.differences import Differences
from placements.models import PlacementRequest, ProviderInquiry
from placements.queries.matching import Matched
from providers import queries as register_queries
from spink.catalogue.domain.ladder import ProvisionForm
from spink.foundation.clock import STOCKHOLM


@dataclass(frozen=True, slots=True)
class Beside:
    """An excluded unit, and as what candidate it would stand beside the ladder."""

    excluded: Excluded
    candidate: dict[str, Any]


def excluded_among(units: Iterable[str], matched: Matched) -> dict[str, Beside]:
    """By unit, those that may be excepted: no unit that fits, and none that never may be."""
    differences = Differences(matched.outcome)
    found = {}
    for unit in units:
        row = differences.row(unit)
        if row is None or not may_be_excepted(reasons := differences.reasons(row)):
            continue
        if beside := differences.beside(row):
            form, candidate = beside
            found[unit] = Beside(Excluded(unit, reasons, form), candidate)
    own = [unit for unit, one in found.items() if one.excluded.form is ProvisionForm.IN_HOUSE]
    for unit, group in (register_queries.priority_groups(own) if own else {}).items():
        found[unit] = replace(found[unit], excluded=replace(found[unit].excluded, group=group))
    return found


def person_of(need: Need) -> Person:
    return Person(need.age, (*need.needs_required, *need.needs_wished))


def confirmations(request: PlacementRequest) -> dict[str, Confirmation]:
    """Of the units whose last answer is yes: by whom it was noted, and on which day."""
    rows = (
        ProviderInquiry.objects.filter(request=request)
        .exclude(answer="")
        .select_related("answer_noted_by")
        .order_by("answered_at", "id")
    )
    latest = {row.unit_code: row for row in rows}
    return {
        unit: Confirmation(
            str(row.answer_noted_by), row.answered_at.astimezone(STOCKHOLM).date(), row.pk
        )
        for unit, row in latest.items()
        if row.answer == Answer.YES and row.answered_at is not None
    }


def came_on(request: PlacementRequest) -> date:
    """The day on which the request was sent; confirmations count from then."""
    return (request.submitted_at or request.created_at).astimezone(STOCKHOLM).date()
