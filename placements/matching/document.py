"""An outcome as the match format has it, in dictionaries and lists."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

import numpy as np

from placements.matching.shown import Shown, kilometres, near_misses, rank, rate, shown, told

if TYPE_CHECKING:
    from placements.matching.outcome import Excluded, Outcome


def as_document(outcome: "Outcome", excluded: "Excluded") -> dict[str, object]:
    ids = outcome.register.ids
    near, _ = near_misses(outcome)
    candidates = [_candidate(ids[one.row], one) for one in shown(outcome)]
    return {
        "rungs": [
            {"provision_form": str(form), "candidates": candidates[part]}
            for form, part in outcome.on_rungs()
        ],
        "excluded": [
            {"unit": ids[row], "reasons": list(told(bits))}
            for row, bits in _excluded(outcome, excluded)
        ],
        "near_misses": [ids[row] for row in near.tolist()],
        "counts": outcome.counts(),
    }


def _candidate(unit_id: str, one: Shown) -> dict[str, object]:
    return {
        "unit": unit_id,
        "rank": rank(one.rank),
        "places_certain": one.places_certain,
        "wished_met": list(one.wished_met),
        "rate": rate(one.rate),
        "distance_km": kilometres(one.tenths_of_km),
    }


def _excluded(outcome: "Outcome", excluded: "Excluded") -> Iterable[tuple[int, int]]:
    """Rows in the register with their reasons as bits, ordered by id."""
    if excluded == "none":
        return ()
    if excluded == "near":
        rows, bits = near_misses(outcome)
        return zip(rows.tolist(), bits.tolist(), strict=True)
    reasons = np.zeros(len(outcome.register.ids), np.int64)
    reasons[outcome.offering.rows] = outcome.reasons
    left = np.ones(len(reasons), np.bool_)
    left[outcome.offering.rows] = outcome.reasons != 0
    rows = np.flatnonzero(left)
    return zip(rows.tolist(), reasons[rows].tolist(), strict=True)
