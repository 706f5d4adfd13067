"""What becomes of needs when the register changes: the same needs against two registers."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from placements.matching.batch import match_all
from placements.matching.excluded import row_of_service
from placements.matching.need import Need
from placements.matching.outcome import Outcome
from placements.matching.shown import WRONG_SERVICE, told
from providers.domain.register import Register
from spink.catalogue.domain.ladder import LADDER, ProvisionForm

Rungs = dict[str, ProvisionForm]
"""On which rung each unit is a choice."""


@dataclass(frozen=True, slots=True)
class Compared:
    """One need: the units among the changed ones that are a choice before and after.

    `reasons` are the codes for which each unit that is lost is excluded now.
    """

    need: Need
    before: Rungs
    after: Rungs
    reasons: dict[str, tuple[str, ...]]
    had_choice: bool
    has_choice: bool

    @property
    def gained(self) -> set[str]:
        return self.after.keys() - self.before.keys()

    @property
    def lost(self) -> set[str]:
        return self.before.keys() - self.after.keys()

    @property
    def moved(self) -> set[str]:
        both = self.before.keys() & self.after.keys()
        return {unit for unit in both if self.before[unit] != self.after[unit]}

    @property
    def is_touched(self) -> bool:
        return self.before != self.after


def compared(
    needs: Sequence[Need], before: Register, after: Register, units: Collection[str]
) -> Iterator[Compared]:
    """For each need what the changed `units` are to it in either register, in order."""
    then, now = match_all(needs, before), match_all(needs, after)
    for need, old, new in zip(needs, then, now, strict=True):
        was, becomes = _rungs(old, units), _rungs(new, units)
        reasons = {unit: _reasons(new, unit) for unit in was.keys() - becomes.keys()}
        yield Compared(need, was, becomes, reasons, _has_choice(old), _has_choice(new))


def _rungs(outcome: Outcome, units: Collection[str]) -> Rungs:
    register, rows = outcome.register, outcome.offering.rows
    wanted = [row for row in map(register.row_of, units) if row is not None]
    candidates = outcome.candidates
    hit = np.isin(rows[candidates.unit], wanted)
    found = zip(candidates.unit[hit].tolist(), candidates.rung[hit].tolist(), strict=True)
    return {register.ids[int(rows[unit])]: LADDER[rung] for unit, rung in found}


def _has_choice(outcome: Outcome) -> bool:
    return len(outcome.candidates.unit) > 0


def _reasons(outcome: Outcome, unit: str) -> tuple[str, ...]:
    row = outcome.register.row_of(unit)
    of_service = None if row is None else row_of_service(outcome, row)
    return told(WRONG_SERVICE if of_service is None else int(outcome.reasons[of_service]))
