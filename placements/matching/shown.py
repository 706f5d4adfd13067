"""What is shown of an outcome's columns: the same values for a document and for JSON."""

from collections.abc import Sequence
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from placements.matching.criteria import CRITERIA
from placements.matching.order import Candidates
from placements.matching.reasons import Reason
from providers.domain.register.columns import Column
from providers.domain.register.unit_document import NO_RANK

if TYPE_CHECKING:
    from placements.matching.outcome import Outcome

WRONG_SERVICE: Final = 0
"""Of reasons as bits: no criterion's, since the unit was not even looked at."""
NOTHING: Final = -1
"""A rank, a rate or a distance where there is none."""


class Shown(NamedTuple):
    """A candidate."""

    row: int
    """In the register."""
    rank: int
    places_certain: bool
    wished_met: tuple[str, ...]
    rate: float
    tenths_of_km: int


def shown(outcome: "Outcome") -> list[Shown]:
    """The candidates on every rung, in order."""
    found = outcome.candidates
    tenths = np.floor((found.metres + 50) / 100)  # half a tenth counts as one
    columns = (
        outcome.offering.rows[found.unit].tolist(),
        np.where(found.rank == NO_RANK, NOTHING, found.rank).tolist(),
        found.places_certain.tolist(),
        _wished_met(outcome, found),
        np.where(np.isnan(found.rate), NOTHING, found.rate).tolist(),
        np.where(np.isnan(tenths), NOTHING, tenths).astype(np.int64).tolist(),
    )
    return list(map(Shown._make, zip(*columns, strict=True)))


def near_misses(outcome: "Outcome") -> tuple[Column, Column]:
    """Rows in the register, and reasons as bits."""
    near = outcome.near
    return outcome.offering.rows[near], outcome.reasons[near]


@cache
def told(bits: int) -> tuple[str, ...]:
    if bits == WRONG_SERVICE:
        return (str(Reason.WRONG_SERVICE),)
    return tuple(str(reason) for number, (reason, _) in enumerate(CRITERIA) if bits >> number & 1)


def rank(number: int) -> int | None:
    return None if number == NOTHING else number


def rate(number: float) -> float | None:
    if number == NOTHING:
        return None
    return int(number) if number.is_integer() else number


def kilometres(tenths: int) -> float | None:
    return None if tenths == NOTHING else tenths / 10


def _wished_met(outcome: "Outcome", found: Candidates) -> list[tuple[str, ...]]:
    """In the need's order."""
    wished = outcome.need.needs_wished
    if not wished:
        return [()] * len(found.unit)
    find = outcome.register.vocabularies.needs.find
    patterns = np.zeros(len(found.unit), np.int64 if len(wished) < 63 else object)
    for number, code in enumerate(wished):
        word, bit = divmod(find(code), 64)
        holds = outcome.offering.needs_met[word][found.unit] >> np.uint64(bit) & np.uint64(1)
        patterns |= holds.astype(patterns.dtype) << number
    return [_picked(wished, pattern) for pattern in patterns.tolist()]


@lru_cache(maxsize=4096)
def _picked(codes: Sequence[str], pattern: int) -> tuple[str, ...]:
    return tuple(code for number, code in enumerate(codes) if pattern >> number & 1)
