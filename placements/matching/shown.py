"""What is shown of an outcome's columns: the same values for a document and for JSON."""

from collections.abc import Iterator
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from placements.matching.criteria import CRITERIA
from placements.matching.order import Candidates
from placements.matching.reasons import Reason
from providers.domain.register.columns import Column, Words
from providers.domain.register.offering import Offering
from providers.domain.register.unit_document import NO_RANK

if TYPE_CHECKING:
    from placements.matching.outcome import Outcome

WRONG_SERVICE: Final = 0
"""Of reasons as bits: no criterion's, since the unit was not even looked at."""
NOTHING: Final = -1
"""A rank, a rate or a distance where there is none."""


Candidate = tuple[int, int, bool, int, float, int]
"""Its row in the register, rank, whether a place is certain, the wished needs that are met as bits
by the numbers of the register's vocabulary, rate, and tenths of a kilometre."""


Wished = tuple[tuple[str, int], ...]
"""The need's wished needs in its order, each with the number of its bit."""


class Shown(NamedTuple):
    """The candidates of a block, a list for each value."""

    rows: list[int]
    ranks: list[int]
    places_certain: list[bool]
    wished_met: list[int]
    rates: list[float]
    tenths_of_km: list[int]

    def between(self, first: int, last: int) -> Iterator[Candidate]:
        return zip(*(values[first:last] for values in self), strict=True)


def shown(found: Candidates, offering: Offering) -> Shown:
    tenths = np.floor((found.metres + 50) / 100)  # half a tenth counts as one
    return Shown(
        offering.rows[found.unit].tolist(),
        np.where(found.rank == NO_RANK, NOTHING, found.rank).tolist(),
        found.places_certain.tolist(),
        _as_numbers(found.wished_met),
        np.where(np.isnan(found.rate), NOTHING, found.rate).tolist(),
        np.where(np.isnan(tenths), NOTHING, tenths).astype(np.int64).tolist(),
    )


def wished_in_order(outcome: "Outcome") -> Wished:
    find = outcome.register.vocabularies.needs.find
    return tuple((code, find(code)) for code in outcome.need.needs_wished)


@lru_cache(maxsize=4096)
def picked(wished: Wished, met: int) -> tuple[str, ...]:
    return tuple(code for code, bit in wished if met >> bit & 1)


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


def _as_numbers(words: Words) -> list[int]:
    """Of rows of words, the first word lowest; of any number of words."""
    numbers: list[int] = words[:, 0].tolist()
    for place in range(1, words.shape[1]):
        higher = words[:, place].tolist()
        numbers = [low | high << 64 * place for low, high in zip(numbers, higher, strict=True)]
    return numbers
