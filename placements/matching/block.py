"""Needs against the register as columns: one need, or a block of needs of one service type."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np

from placements.matching.asked import Asked, Value
from placements.matching.criteria import CRITERIA, Case
from placements.matching.need import Need
from placements.matching.order import Candidates, in_order
from placements.matching.reasons import NEGOTIABLE
from placements.matching.shown import Shown, shown
from providers.domain.register import Register
from providers.domain.register.columns import Column
from providers.domain.register.offering import Offering
from spink.catalogue.domain.ladder import LADDER

_NEGOTIABLE_BITS: Final = sum(
    1 << number for number, (reason, _) in enumerate(CRITERIA) if reason in NEGOTIABLE
)


@dataclass(frozen=True)
class Block:
    needs: Sequence[Need]
    register: Register
    offering: Offering
    reasons: Column
    """For each need a row of the offering's units, with a bit for each criterion that fails."""
    failures: Column
    """For each criterion, and for each need, how many units it excludes."""
    candidates: Candidates

    @cached_property
    def begins(self) -> list[list[int]]:
        """For each need where the candidates of each rung begin, and where the last one's end."""
        places = len(LADDER) + 1
        place = self.candidates.need * places + self.candidates.rung
        begins = np.searchsorted(place, np.arange(len(self.needs) * places))
        rows: list[list[int]] = begins.reshape(-1, places).tolist()
        return rows

    @cached_property
    def near(self) -> tuple[Column, list[int]]:
        """The near misses as rows of the offering, and where each need's begin and end: one
        reason alone, and one that may be talked about."""
        alone = (self.reasons & (self.reasons - 1)) == 0
        need, unit = np.nonzero(alone & ((self.reasons & _NEGOTIABLE_BITS) != 0))
        return unit, np.searchsorted(need, np.arange(len(self.needs) + 1)).tolist()

    @cached_property
    def excluded_by(self) -> list[list[int]]:
        """For each need how many units each criterion excludes."""
        counts: list[list[int]] = self.failures.T.tolist()
        return counts

    @cached_property
    def shown(self) -> Shown:
        return shown(self.candidates, self.offering)


def match_block(
    needs: Sequence[Need], register: Register, asked: Asked, offering: Offering | None = None
) -> Block:
    """Against all units of the service, or against those of a part of its `offering`."""
    offering = offering or register.offering(needs[0].service_type)
    case = Case(offering, asked)
    reasons = np.zeros((len(needs), len(offering.rows)), np.uint16)
    failures = np.zeros((len(CRITERIA), len(needs)), np.int64)
    for number, (_, holds) in enumerate(CRITERIA):
        held = holds(case)
        if held is not False:  # the need, or the whole block, asks something of this criterion
            reasons |= held * np.uint16(1 << number)
            failures[number] = _how_many(held)
    return Block(needs, register, offering, reasons, failures, in_order(case, reasons))


def _how_many(held: Column) -> Value:
    """Of each row; packed first, since that is the quick way along rows of truth values."""
    if held.ndim == 1:
        return np.count_nonzero(held)
    return np.bitwise_count(np.packbits(held, axis=-1)).sum(axis=-1, dtype=np.int64)
