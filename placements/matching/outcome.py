"""What a match gives for one need: columns, until somebody looks."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal, TypedDict

from placements.matching.block import Block
from placements.matching.criteria import CRITERIA
from placements.matching.document import as_document
from placements.matching.need import Need
from placements.matching.order import Candidates
from placements.matching.reasons import Reason
from placements.matching.render import as_json
from placements.matching.shown import Candidate
from providers.domain.register import Register
from providers.domain.register.columns import Column
from providers.domain.register.offering import Offering
from spink.catalogue.domain.ladder import LADDER, ProvisionForm


class Counts(TypedDict):
    units: int
    excluded: int
    by_reason: dict[str, int]


CODES: Final = tuple(map(str, (Reason.WRONG_SERVICE, *(reason for reason, _ in CRITERIA))))

Excluded = Literal["none", "near", "all"]
"""Which of the excluded units are listed."""


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
        units, begins = self.block.near
        return units[begins[self.row] : begins[self.row + 1]]

    @property
    def candidates(self) -> Candidates:
        """On every rung, in order."""
        first, *_, last = self.block.begins[self.row]
        return Candidates(*(column[first:last] for column in self.block.candidates))

    def on_rungs(self) -> list[tuple[ProvisionForm, Iterator[Candidate]]]:
        """The rungs that exist for the service, each with its candidates in order."""
        begins, shown = self.block.begins[self.row], self.block.shown
        return [
            (form, shown.between(begins[number], begins[number + 1]))
            for number, form in enumerate(LADDER)
            if form in self.block.offering.rungs
        ]

    def counts(self) -> Counts:
        units, of_service = len(self.register.ids), len(self.offering.rows)
        first, *_, last = self.block.begins[self.row]
        excluded_by = (units - of_service, *self.block.excluded_by[self.row])
        by_reason = {code: count for code, count in zip(CODES, excluded_by, strict=True) if count}
        return {"units": units, "excluded": units - (last - first), "by_reason": by_reason}

    def to_dict(self, excluded: Excluded = "all") -> dict[str, object]:
        """The outcome as the match format has it."""
        return as_document(self, excluded)

    def to_json(self, excluded: Excluded = "all") -> bytes:
        """The same document, canonical: no spaces, UTF-8, keys in the format's order."""
        return as_json(self, excluded)

    def digest(self) -> str:
        """SHA-256 of the whole outcome, all excluded units with their reasons."""
        return hashlib.sha256(self.to_json("all")).hexdigest()
