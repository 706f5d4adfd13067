"""What a request in another service begins with: all that is known and still holds there."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from placements.domain.sections import FIELDS, Section

LISTS_OF_NEEDS = ("needs_required", "needs_wished")
OF_THE_OLD_SERVICE = ("service_type", "subtype", "decision_date")
"""Each decision is made on its own service, so that another one needs a decision of its own."""
CARRIED = tuple(
    name
    for section in Section
    for name in FIELDS[section]
    if name not in (*OF_THE_OLD_SERVICE, *LISTS_OF_NEEDS, "drug_free")
)


@dataclass(frozen=True, slots=True)
class Fitting:
    """What the catalogue says of the other service on the day."""

    asks_drug_free: bool
    needs: Collection[str]


@dataclass(frozen=True, slots=True)
class Beginning:
    """`left_out` are the fields with what was said in them that does not hold there."""

    values: dict[str, Any]
    left_out: dict[str, Any] = field(default_factory=dict)


def beginning_of(known: Mapping[str, Any], fitting: Fitting) -> Beginning:
    """The fields of the new request but for its service, from those of the one before."""
    values = {name: known[name] for name in CARRIED}
    left_out = {name: known[name] for name in ("subtype", "decision_date") if known[name]}
    for name in LISTS_OF_NEEDS:
        values[name] = [code for code in known[name] if code in fitting.needs]
        if ended := [code for code in known[name] if code not in fitting.needs]:
            left_out[name] = ended
    if fitting.asks_drug_free:
        values["drug_free"] = known["drug_free"]
    elif known["drug_free"] is not None:
        left_out["drug_free"] = known["drug_free"]
    return Beginning(values, left_out)
