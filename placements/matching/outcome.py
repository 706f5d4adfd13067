"""What a match gives for one need: columns, until somebody looks."""

import hashlib
from dataclasses import dataclass
from typing import Final, Literal, TypedDict

import numpy as np

from placements.matching.block import Block
from placements.matching.criteria import CRITERIA
from placements.matching.document import as_document
from placements.matching.need import Need
from placements.matching.order import Candidates
from placements.matching.reasons import NEGOTIABLE, Reason
from placements.matching.render import as_json
from providers.domain.register import Register
from providers.domain.register.columns import Column
from providers.domain.register.offering import Offering
from spink.catalogue.domain.ladder import LADDER, ProvisionForm


class Counts(TypedDict):
    units: int
    excluded: int
    by_reason: dict[str, int]


Excluded = Literal["none", "near", "all"]
"""Which of the excluded units are listed."""

_NEGOTIABLE_BITS: Final = sum(
    1 << number for number, (reason, _) in enumerate(CRITERIA) if reason in NEGOTIABLE
)


@dataclass(frozen=True, slots=True)
class Outcome:
    block: Block
    row: int
    """The need's in the block."""

    @property
    def need(self) -> Need:
        return self.block.needs[self.row]

    @property
    def register(self) -> Register:
        return self.block.register

    @property
    def offering(self) -> Offering:
        return self.block.offering

    @property
    def reasons(self) -> Column:
        """Of the units of the need's service: a bit for each criterion that excludes them."""
        reasons: Column = self.block.reasons[self.row]
        return reasons

    @property
    def near(self) -> Column:
        """Rows in the offering of the near misses: one reason alone, and one to talk about."""
        reasons = self.reasons
        alone = (reasons & (reasons - 1)) == 0
        return np.flatnonzero(alone & ((reasons & _NEGOTIABLE_BITS) != 0))

    @property
    def candidates(self) -> Candidates:
        """On every rung, in order."""
        first, last = self.block.bounds[self.row : self.row + 2].tolist()
        return Candidates(*(column[first:last] for column in self.block.candidates))

    def on_rungs(self) -> list[tuple[ProvisionForm, slice]]:
        """The rungs that exist for the service, each with its part of the candidates."""
        numbers = range(len(LADDER) + 1)
        begins = np.searchsorted(self.candidates.rung, numbers).tolist()
        return [
            (form, slice(begins[number], begins[number + 1]))
            for number, form in enumerate(LADDER)
            if form in self.block.offering.rungs
        ]

    def counts(self) -> Counts:
        units, of_service = len(self.register.ids), len(self.offering.rows)
        first, last = self.block.bounds[self.row : self.row + 2].tolist()
        by_reason = {Reason.WRONG_SERVICE: units - of_service}
        failures = self.block.failures[:, self.row].tolist()
        by_reason |= zip((reason for reason, _ in CRITERIA), failures, strict=True)
        told = {str(reason): count for reason, count in by_reason.items() if count}
        return {"units": units, "excluded": units - (last - first), "by_reason": told}

    def to_dict(self, excluded: Excluded = "all") -> dict[str, object]:
        """The outcome as the match format has it."""
        return as_document(self, excluded)

    def to_json(self, excluded: Excluded = "all") -> bytes:
        """The same document, canonical: no spaces, UTF-8, keys in the format's order."""
        return as_json(self, excluded)

    def digest(self) -> str:
        """SHA-256 of the whole outcome, all excluded units with their reasons."""
        return hashlib.sha256(self.to_json("all")).hexdigest()
