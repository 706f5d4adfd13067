"""The ladder: which rungs are open to a unit, which of them stops close, and where it stands.

Rungs are bits (`RUNG_BIT`), the highest of the ladder first.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from placements.matching.asked import Asked, Value
from placements.matching.bits import holds_any
from providers.domain.register.columns import Column
from providers.domain.register.offering import Agreements, Offering
from providers.domain.register.unit_document import EVERY_RUNG, RUNG_BIT
from spink.catalogue.domain.ladder import LADDER, ProvisionForm

NO_RUNG: Final = len(LADDER)

_FIRST_RUNG: Final = np.array(
    [
        next((number for number in range(NO_RUNG) if bits & 1 << number), NO_RUNG)
        for bits in range(EVERY_RUNG + 1)
    ],
    np.int8,
)


@dataclass(slots=True)
class Standing:
    """Each column is a row of units, or has one for each need."""

    open: Column
    """The rungs open on the wanted start."""
    open_some_day: Column
    """The rungs open then, before or after."""
    left: Column
    """The open rungs that no stop closes."""
    agreements: dict[ProvisionForm, Column]
    """The agreement that counts, as its place in `agreements_for`; past the end for none."""

    def rung(self, at: Column) -> Column:
        """The first rung left to the units `at`, as its number in the ladder."""
        rung: Column = _FIRST_RUNG[self.left.ravel()[at]]
        return rung


def standing(offering: Offering, asked: Asked) -> Standing:
    shape = np.broadcast(offering.units.free, asked.municipality).shape
    on_start, some_day = np.zeros(shape, np.uint8), np.zeros(shape, np.uint8)
    chosen: dict[ProvisionForm, Column] = {}
    for form in offering.rungs:
        if form is ProvisionForm.IN_HOUSE:
            on_start |= _bit(form, is_own(offering, asked))
        elif form is ProvisionForm.DIRECT_AWARD:
            on_start |= _bit(form, is_vetted(offering, asked))
            some_day |= _bit(form, was_ever_vetted(offering))
        elif form in agreements_for(offering, asked):
            agreements = agreements_for(offering, asked)[form]
            covering = covers(agreements, asked)
            first = _first_of_each_unit(agreements, covering & is_valid(agreements, asked))
            chosen[form] = np.full(shape, len(agreements.rank))
            chosen[form][..., agreements.owners] = first
            on_start[..., agreements.owners] |= _bit(form, first < len(agreements.rank))
            ever = np.logical_or.reduceat(covering, agreements.starts, axis=-1)
            some_day[..., agreements.owners] |= _bit(form, ever)
    left = on_start & ~closed(offering, asked)
    return Standing(on_start, some_day | on_start, left, chosen)


def is_own(offering: Offering, asked: Asked) -> Value:
    return offering.units.operated_by == asked.municipality


def is_vetted(offering: Offering, asked: Asked) -> Value:
    units = offering.units
    return (units.vetted_from <= asked.wanted_start) & (asked.wanted_start <= units.vetted_to)


def was_ever_vetted(offering: Offering) -> Column:
    return offering.units.vetted_from <= offering.units.vetted_to


def agreements_for(offering: Offering, asked: Asked) -> Mapping[ProvisionForm, Agreements]:
    """Sorted by what makes one count before another: rank only where a subtype is named, since
    ranks of different lots do not compare."""
    return offering.by_rank if asked.names_subtype else offering.by_rate


def covers(agreements: Agreements, asked: Asked) -> Value:
    """Whether the municipality is a party and the subtype is covered, on whatever day."""
    party = holds_any(agreements.parties, asked.party)
    if not asked.names_subtype:
        return party
    return party & (agreements.any_subtype | holds_any(agreements.subtypes, asked.subtype))


def is_valid(agreements: Agreements, asked: Asked) -> Value:
    start = asked.wanted_start
    return (agreements.valid_from <= start) & (start <= agreements.valid_to)


def closed(offering: Offering, asked: Asked) -> Column:
    """The rungs that stops close which hold on the register's instant or on the wanted start."""
    stops = offering.stops
    rungs = np.zeros(np.broadcast(offering.units.free, asked.municipality).shape, np.uint8)
    if stops is not None:
        holds_now = (stops.first <= asked.instant) & (asked.instant <= stops.last)
        holds_then = (stops.first <= asked.wanted_start) & (asked.wanted_start <= stops.last)
        closes = np.where(holds_now | holds_then, stops.closes, np.uint8(0))
        rungs[..., stops.owners] = np.bitwise_or.reduceat(closes, stops.starts, axis=-1)
    return rungs


def _bit(form: ProvisionForm, holds: Value) -> Value:
    return holds * np.uint8(RUNG_BIT[form])


def _first_of_each_unit(agreements: Agreements, fits: Column) -> Column:
    places = np.where(fits, np.arange(len(agreements.rank)), len(agreements.rank))
    return np.minimum.reduceat(places, agreements.starts, axis=-1)
