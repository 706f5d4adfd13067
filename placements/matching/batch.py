"""Many needs at once: a year of requests, or a what-if, as blocks of columns."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Final

from placements.matching.asked import ask_together
from placements.matching.block import match_block
from placements.matching.need import Need
from placements.matching.outcome import Outcome
from providers.domain.register import Register

PAIRS_A_BLOCK: Final = 50_000
"""Needs times units that are compared together: as much as the processor's cache likes."""


def match_all(needs: Sequence[Need], register: Register) -> list[Outcome]:
    """One outcome a need, in the order of the needs; each is what `match` gives for it."""
    alike: dict[tuple[str, bool], list[int]] = defaultdict(list)
    for number, need in enumerate(needs):
        alike[need.service_type, need.subtype is not None].append(number)
    outcomes: dict[int, Outcome] = {}
    for (service_type, _), numbers in alike.items():
        size = max(1, PAIRS_A_BLOCK // max(1, len(register.offering(service_type).rows)))
        for first in range(0, len(numbers), size):
            chosen = numbers[first : first + size]
            together = [needs[number] for number in chosen]
            block = match_block(together, register, ask_together(together, register))
            outcomes |= {number: Outcome(block, row) for row, number in enumerate(chosen)}
    return [outcomes[number] for number in range(len(needs))]
