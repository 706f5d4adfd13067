"""Needs against the register as columns: one need, or a block of needs of one service type."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from placements.matching.asked import Asked
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
    fails = np.zeros((len(CRITERIA), len(needs), len(offering.rows)), np.bool_)
    for number, (_, holds) in enumerate(CRITERIA):
        fails[number] = holds(case)
    reasons = _as_bits(fails)
    candidates = in_order(case, reasons)
    bounds = np.searchsorted(candidates.need, np.arange(len(needs) + 1))
    failures = np.count_nonzero(fails, axis=-1)
    return Block(needs, register, offering, reasons, failures, candidates, bounds)


def _as_bits(fails: Column) -> Column:
    low, high = np.packbits(fails, axis=0, bitorder="little").astype(np.uint16)
    bits: Column = low | high << 8
    return bits
