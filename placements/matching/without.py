"""What a stop takes from many needs, and what each would have instead.

Only the units that are stopped are compared with all the needs, and only the needs that lose one
are matched again. That goes rung by rung, since the first rung that has a unit decides: own units
first, those of the need's municipality alone, then those with agreements, then those vetted.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

import numpy as np

from placements.matching.batch import alike, blocks
from placements.matching.need import Need
from providers.domain.register import Register
from providers.domain.register.columns import Column
from providers.domain.register.offering import Offering
from providers.domain.register.unit_document import RUNG_BIT, closed_by
from spink.catalogue.domain.ladder import LADDER, ProvisionForm


@dataclass(frozen=True, slots=True)
class Stopping:
    """A stop's kind and days: it is in force for whoever asks on one, or for one, of its days."""

    kind: str
    first: date | None
    last: date | None

    def is_in_force(self, instant: date, start: date) -> bool:
        return self.holds(instant) or self.holds(start)

    def closes(self, form: ProvisionForm) -> bool:
        return bool(closed_by(self.kind) & RUNG_BIT[form])

    def holds(self, day: date) -> bool:
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)


@dataclass(frozen=True, slots=True)
class Standing:
    """A unit on the rung where it is a choice."""

    unit: str
    form: ProvisionForm


def lost(needs: Sequence[Need], units: Register, stop: Stopping) -> dict[int, list[Standing]]:
    """By the need's place among the needs: which of the `units` it would lose, in order.

    The register `units` holds those that the stop reaches, and is without it.
    """
    found: dict[int, list[Standing]] = {}
    in_force = [
        number
        for number, need in enumerate(needs)
        if stop.is_in_force(units.instant, need.wanted_start)
    ]
    for numbers in alike(needs, in_force):
        offering = units.offering(needs[numbers[0]].service_type)
        if not len(offering.rows):
            continue
        for chosen, block in blocks(needs, numbers, units, offering):
            listed = block.candidates
            is_closed = (closed_by(stop.kind) >> listed.rung) & 1 == 1
            for row, unit, rung in zip(
                listed.need[is_closed].tolist(),
                offering.rows[listed.unit[is_closed]].tolist(),
                listed.rung[is_closed].tolist(),
                strict=True,
            ):
                standing = Standing(units.ids[unit], LADDER[rung])
                found.setdefault(chosen[row], []).append(standing)
    return found


def next_best(
    needs: Sequence[Need], register: Register, without: Collection[str]
) -> list[Standing | None]:
    """For each need the first choice of its match without these units."""
    rows = [row for row in map(register.row_of, without) if row is not None]
    found: dict[int, Standing] = {}
    for numbers in alike(needs, range(len(needs))):
        offering = register.offering(needs[numbers[0]].service_type)
        allowed = ~np.isin(offering.rows, rows)
        for stage in _STAGES:
            left = [number for number in numbers if number not in found]
            found |= _first_of(stage, needs, left, register, offering, allowed)
    return [found.get(number) for number in range(len(needs))]


Part = tuple[Sequence[int], Column]
"""Needs by their places, and which units of the offering they are compared with."""


@dataclass(frozen=True, slots=True)
class Stage:
    """`parts` leave no unit out that could stand on one of the rungs down to `last`."""

    last: ProvisionForm
    parts: Callable[[Sequence[Need], Sequence[int], Register, Offering], Iterator[Part]]


def _first_of(
    stage: Stage,
    needs: Sequence[Need],
    numbers: Sequence[int],
    register: Register,
    offering: Offering,
    allowed: Column,
) -> dict[int, Standing]:
    found: dict[int, Standing] = {}
    for chosen, part in stage.parts(needs, numbers, register, offering):
        keep = part & allowed
        if not keep.any():
            continue
        for of_block, block in blocks(needs, chosen, register, offering.restricted(keep)):
            listed = block.candidates
            of_need, at = np.unique(listed.need, return_index=True)
            for row, place in zip(of_need.tolist(), at.tolist(), strict=True):
                rung = int(listed.rung[place])
                if rung <= LADDER.index(stage.last):
                    unit = int(block.offering.rows[listed.unit[place]])
                    found[of_block[row]] = Standing(register.ids[unit], LADDER[rung])
    return found


def _own(
    needs: Sequence[Need], numbers: Sequence[int], register: Register, offering: Offering
) -> Iterator[Part]:
    if ProvisionForm.IN_HOUSE not in offering.rungs:
        return

    def municipality(number: int) -> str:
        return needs[number].municipality

    for code, of_one in groupby(sorted(numbers, key=municipality), key=municipality):
        owner = register.vocabularies.municipalities.find(code)
        yield list(of_one), offering.units.operated_by == owner


def _agreed(
    _needs: Sequence[Need], numbers: Sequence[int], _register: Register, offering: Offering
) -> Iterator[Part]:
    has_agreement = np.zeros(len(offering.rows), np.bool_)
    for listed in offering.listed.values():
        has_agreement[listed.owner] = True
    if numbers:
        yield numbers, has_agreement


def _vetted(
    _needs: Sequence[Need], numbers: Sequence[int], _register: Register, offering: Offering
) -> Iterator[Part]:
    if numbers and ProvisionForm.DIRECT_AWARD in offering.rungs:
        yield numbers, offering.units.vetted_from <= offering.units.vetted_to


_STAGES = (
    Stage(ProvisionForm.IN_HOUSE, _own),
    Stage(ProvisionForm.FRAMEWORK, _agreed),
    Stage(ProvisionForm.DIRECT_AWARD, _vetted),
)
