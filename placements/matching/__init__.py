"""The match: a pure function of a need and a register (docs: the match format)."""

from typing import Final

from placements.matching.asked import ask
from placements.matching.batch import match_all
from placements.matching.block import match_block
from placements.matching.need import Near, Need
from placements.matching.outcome import Excluded, Outcome
from placements.matching.reasons import NEGOTIABLE, Reason
from providers.domain.register import Register

RULES_VERSION: Final = "1"
"""Goes up with every change that can give another outcome for the same need and register."""


def match(need: Need, register: Register) -> Outcome:
    """Raises BadInput for a service type that the register's `provision_forms` does not name."""
    return Outcome(match_block([need], register, ask(need, register)), 0)


__all__ = [
    "NEGOTIABLE",
    "RULES_VERSION",
    "Excluded",
    "Near",
    "Need",
    "Outcome",
    "Reason",
    "Register",
    "match",
    "match_all",
]
