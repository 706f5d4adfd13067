"""Needs against the register as columns: one need, or a block of needs of one service type."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from placements.matching.asked import Asked, Value
from placements.matching.criteria import CRITERIA, Case
from placements.matching.need import Need
from placements.matching.order import Candidates, in_order
from providers.domain.register import Register
from providers.domain.register.columns import Column
from providers.domain.register.offering import Offering


@dataclass(frozen=True, slots=True)
class Block:
    needs: Sequence[Need]
    register: Register
    offering: Offering
    reasons: Column
    """For each need a row of the offering's units, with a bit for each criterion that fails."""
    failures: Column
    """For each criterion, and for each need, how many units it excludes."""
    candidates: Candidates
    bounds: Column
    """The candidates of need `i` are `bounds[i]` to before `bounds[i + 1]`."""


def match_block(needs: Sequence[Need], register: Register, asked: Asked) -> Block:
    offering = register.offering(needs[0].service_type)
    case = Case(offering, asked)
    reasons = np.zeros((len(needs), len(offering.rows)), np.uint16)
    failures = np.zeros((len(CRITERIA), len(needs)), np.int64)
    for number, (_, holds) in enumerate(CRITERIA):
        held = holds(case)
        if held is not False:  # the need, or the whole block, asks something of this criterion
            reasons |= held * np.uint16(1 << number)
            failures[number] = _how_many(held)
    candidates = in_order(case, reasons)
    bounds = np.searchsorted(candidates.need, np.arange(len(needs) + 1))
    return Block(needs, register, offering, reasons, failures, candidates, bounds)


def _how_many(held: Column) -> Value:
    """Of each row; packed first, since that is the quick way along rows of truth values."""
    if held.ndim == 1:
        return np.count_nonzero(held)
    return np.bitwise_count(np.packbits(held, axis=-1)).sum(axis=-1, dtype=np.int64)
