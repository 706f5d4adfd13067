"""From when the recommended prices held, read in the register's own document of the time."""

from collections.abc import Iterable, Mapping
from typing import Any

from placements.models import PlacementRequest
from spink.catalogue.domain.ladder import ProvisionForm
from spink.sample.requests.handling import Recommended
from spink.sample.requests.records import Rate

Json = dict[str, Any]


class RatesThen:
    """`documents` are the units' by code, at each of the diary's numbers."""

    def __init__(self, documents: Mapping[int, Mapping[str, Json]]) -> None:
        self._documents = documents

    def of(
        self, request: PlacementRequest, sent: Recommended | None, number: int
    ) -> dict[str, Rate]:
        """By unit; what a unit on its rung costs on the wanted start."""
        if sent is None:
            return {}
        units = self._documents[number]
        return {unit: _rate(units[unit], form, request) for unit, form in sent.units}


def _rate(unit: Json, form: ProvisionForm, request: PlacementRequest) -> Rate:
    if form is ProvisionForm.IN_HOUSE:
        return Rate("day", unit.get("in_house_rate_from"))
    if form is ProvisionForm.DIRECT_AWARD:
        award = unit["direct_award"]
        return Rate(award["rate_unit"], award["rate_from"])
    covering = list(_covering(unit.get("agreements", ()), form, request))
    best = min(covering, key=lambda one: (one.get("rank", 0), one["rate"]))
    return Rate(best["rate_unit"], best["rate_from"])


def _covering(
    entries: Iterable[Json], form: ProvisionForm, request: PlacementRequest
) -> Iterable[Json]:
    day = request.wanted_start.isoformat() if request.wanted_start else ""
    for one in entries:
        subtypes = one.get("subtypes")
        if (
            one["provision_form"] == form
            and one["valid_from"] <= day <= one["valid_to"]
            and (not subtypes or not request.subtype or request.subtype in subtypes)
        ):
            yield one
