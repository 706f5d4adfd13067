"""Many needs at once: a year of requests, or a what-if, as blocks of columns."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from placements.matching.asked import ask_together
from placements.matching.block import Block, match_block
from placements.matching.need import Need
from placements.matching.outcome import Outcome
from providers.domain.register import Register
from providers.domain.register.offering import Offering

PAIRS_A_BLOCK: Final = 50_000
"""Needs times units that are compared together: as much as the processor's cache likes."""


def match_all(needs: Sequence[Need], register: Register) -> list[Outcome]:
    """One outcome a need, in the order of the needs; each is what `match` gives for it."""
    outcomes: dict[int, Outcome] = {}
    for numbers in alike(needs, range(len(needs))):
        offering = register.offering(needs[numbers[0]].service_type)
        for chosen, block in blocks(needs, numbers, register, offering):
            outcomes |= {number: Outcome(block, row) for row, number in enumerate(chosen)}
    return [outcomes[number] for number in range(len(needs))]


def alike(needs: Sequence[Need], numbers: Iterable[int]) -> list[list[int]]:
    """The numbers of needs that can be compared together."""
    found: dict[tuple[str, bool], list[int]] = defaultdict(list)
    for number in numbers:
        need = needs[number]
        found[need.service_type, need.subtype is not None].append(number)
    return list(found.values())


def blocks(
    needs: Sequence[Need], numbers: Sequence[int], register: Register, offering: Offering
) -> Iterator[tuple[Sequence[int], Block]]:
    """Needs that are alike against units of one offering, as many at once as is quick."""
    size = max(1, PAIRS_A_BLOCK // max(1, len(offering.rows)))
    for first in range(0, len(numbers), size):
        chosen = numbers[first : first + size]
        together = [needs[number] for number in chosen]
        asked = ask_together(together, register)
        yield chosen, match_block(together, register, asked, offering)
