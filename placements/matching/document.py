"""An outcome as the match format has it, in dictionaries and lists."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import numpy as np

from placements.matching.shown import (
    Candidate,
    Wished,
    kilometres,
    near_misses,
    picked,
    rank,
    rate,
    told,
    wished_in_order,
)

if TYPE_CHECKING:
    from placements.matching.outcome import Excluded, Outcome


def as_document(outcome: "Outcome", excluded: "Excluded") -> dict[str, object]:
    ids = outcome.register.ids
    near, _ = near_misses(outcome)
    wished = wished_in_order(outcome)
    return {
        "rungs": [
            {
                "provision_form": str(form),
                "candidates": [candidate(ids, wished, one) for one in candidates],
            }
            for form, candidates in outcome.on_rungs()
        ],
        "excluded": [
            {"unit": ids[row], "reasons": list(told(bits))}
            for row, bits in _excluded(outcome, excluded)
        ],
        "near_misses": [ids[row] for row in near.tolist()],
        "counts": outcome.counts(),
    }


def candidate(ids: Sequence[str], wished: Wished, one: Candidate) -> dict[str, object]:
    row, place, certain, met, number, tenths = one
    return {
        "unit": ids[row],
        "rank": rank(place),
        "places_certain": certain,
        "wished_met": list(picked(wished, met)),
        "rate": rate(number),
        "distance_km": kilometres(tenths),
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
