"""What exactly keeps a unit away: the figures behind a reason, from the columns that decided it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Final

import numpy as np

from placements.matching.asked import ask
from placements.matching.criteria import CRITERIA, Case
from placements.matching.document import candidate
from placements.matching.ladder import NO_RUNG, agreements_for, covers
from placements.matching.order import in_order
from placements.matching.outcome import Outcome
from placements.matching.reasons import Reason
from placements.matching.shown import shown, wished_in_order
from providers.domain.register.columns import Column, Words
from providers.domain.register.unit_document import (
    DRUG_FREE,
    GENDERS,
    NO_RANK,
    NOT_COUNTED,
    RUNG_BIT,
)
from spink.catalogue.domain.ladder import LADDER, ProvisionForm
from spink.foundation.fields import FIRST_DAY, LARGEST_WHOLE, LAST_DAY

LONG_AGO: Final = 365
"""Days before the wanted start."""
_PLACE: Final = {reason: place for place, (reason, _) in enumerate(CRITERIA)}
_FIRST_RUNG: Final = np.array(
    [NO_RUNG if not bits else (bits & -bits).bit_length() - 1 for bits in range(2 ** len(LADDER))]
)


@dataclass(frozen=True, slots=True)
class Difference:
    """What differs, by one reason; only what belongs to the reason is filled in.

    `ages` are the unit's own, or its companions'; an open end is None. `first` and `last` are the
    days on which it is open or has an agreement; for places, `first` is when the next is free.
    """

    reason: Reason
    ages: tuple[int, int | None] | None = None
    first: date | None = None
    last: date | None = None
    codes: tuple[str, ...] = ()
    """Of special needs, or of genders."""
    free: int | None = None
    metres: float | None = None
    drug_free: bool | None = None


@dataclass(frozen=True, slots=True)
class KeptAway:
    """Why nobody stands on a rung. Of the right kind: with the service and its subtype."""

    units: int
    of_right_kind: int
    common: Reason | None
    """What keeps most of the right kind away, and how many of them."""
    common_units: int
    are_full: bool
    """Whether all of the right kind lack a place, among what else they lack."""
    nearest: int | None
    """A unit that one reason alone keeps away, and one to talk about."""


class Differences:
    """An outcome with its rules at hand. Units are named by their rows in the offering."""

    def __init__(self, outcome: Outcome) -> None:
        self.outcome = outcome
        self._case = Case(outcome.offering, ask(outcome.need, outcome.register))

    def unit(self, row: int) -> str:
        ids = self.outcome.register.ids
        return ids[int(self.outcome.offering.rows[row])]

    def row(self, unit: str) -> int | None:
        """None for a unit of another service, or of none."""
        at = self.outcome.register.row_of(unit)
        found = [] if at is None else np.flatnonzero(self.outcome.offering.rows == at).tolist()
        return found[0] if found else None

    def reasons(self, row: int) -> tuple[Reason, ...]:
        bits = int(self.outcome.reasons[row])
        return tuple(reason for place, (reason, _) in enumerate(CRITERIA) if bits >> place & 1)

    def form(self, row: int) -> ProvisionForm | None:
        """The first rung open to the unit on the wanted start, stops aside; or on another day."""
        number = int(self._rungs[row])
        return None if number == NO_RUNG else LADDER[number]

    def rank(self, row: int) -> int | None:
        """Of the agreement that counts on the rung open to the unit."""
        number = int(self._ranks[row])
        return None if number == NO_RANK else number

    def beside(self, row: int) -> tuple[ProvisionForm, dict[str, object]] | None:
        """Where an excluded unit would stand if nothing spoke against it, and as what candidate.

        None where no rung is left to it. The outcome itself stays what it is.
        """
        if not self._case.standing.left[row]:
            return None
        against = np.ones((1, len(self.outcome.reasons)), np.uint8)
        against[0, row] = 0
        found = in_order(self._case, against)
        (one,) = shown(found, self.outcome.offering).between(0, 1)
        document = candidate(self.outcome.register.ids, wished_in_order(self.outcome), one)
        return LADDER[int(found.rung[0])], document

    def nearest(self, count: int) -> list[int]:
        """The first near misses: the highest rung first, on a rung by rank and id.

        Without those that had their agreements long ago: there is nothing to talk about.
        """
        near = self.outcome.near[~self._is_long_ago]
        order = np.lexsort((near, self._ranks[near], self._rungs[near]))
        found: list[int] = near[order][:count].tolist()
        return found

    @property
    def long_ago(self) -> int:
        """How many near misses had the last agreement, or vetting, more than a year before."""
        return int(np.count_nonzero(self._is_long_ago))

    @cached_property
    def _is_long_ago(self) -> Column:
        """Of each near miss."""
        offering, asked = self.outcome.offering, self._case.asked
        since = asked.wanted_start - LONG_AGO
        is_later = np.zeros(len(self.outcome.reasons), np.bool_)
        for agreements in agreements_for(offering, asked).values():
            at = np.flatnonzero((agreements.valid_to >= since) & covers(agreements, asked))
            is_later[agreements.owner[at]] = True
        if ProvisionForm.DIRECT_AWARD in offering.rungs:
            units = offering.units
            is_later |= (units.vetted_from <= units.vetted_to) & (units.vetted_to >= since)
        near = self.outcome.near
        has_expired = (self.outcome.reasons[near] & _bit_of(Reason.AGREEMENT_EXPIRED)) != 0
        found: Column = has_expired & ~is_later[near]
        return found

    def kept_away(self, form: ProvisionForm) -> KeptAway:
        """The excluded units to which the rung is open on the wanted start, stops aside."""
        has_open = (self._case.standing.open & RUNG_BIT[form]) != 0
        reasons = self.outcome.reasons[has_open & (self.outcome.reasons != 0)]
        right = reasons[reasons & _bit_of(Reason.WRONG_SUBTYPE) == 0]
        counts = [
            (int(np.count_nonzero(right & _bit_of(reason))), reason) for reason, _ in CRITERIA
        ]
        most, common = max(counts, key=lambda pair: pair[0])
        return KeptAway(
            units=len(reasons),
            of_right_kind=len(right),
            common=common if most else None,
            common_units=most,
            are_full=bool(len(right) and np.all(right & _bit_of(Reason.NO_FREE_PLACE))),
            nearest=self._nearest_on(has_open),
        )

    def _nearest_on(self, has_open: Column) -> int | None:
        """Those that only lack a place before others, the earliest free first."""
        near = self.outcome.near
        near = near[has_open[near]]
        if not len(near):
            return None
        lacks_place = (self.outcome.reasons[near] & _bit_of(Reason.NO_FREE_PLACE)) != 0
        free_on = np.where(lacks_place, self._case.units.next_free_on[near], 0)
        return int(near[np.lexsort((near, free_on, ~lacks_place))[0]])

    @cached_property
    def _rungs(self) -> Column:
        standing = self._case.standing
        found: Column = _FIRST_RUNG[np.where(standing.open, standing.open, standing.open_some_day)]
        return found

    @cached_property
    def _ranks(self) -> Column:
        ranks = np.full(len(self._rungs), NO_RANK)
        for form, at in self._case.standing.agreements.items():
            agreements = agreements_for(self.outcome.offering, self._case.asked)[form]
            here = self._rungs == LADDER.index(form)
            ranks[here] = np.append(agreements.rank, NO_RANK)[at[here]]
        return ranks

    def of(self, row: int, reason: Reason) -> Difference:
        say = _SAY.get(reason)
        return say(self, row, reason) if say else Difference(reason)

    def _periods(self, row: int) -> Iterable[tuple[int, int]]:
        """Those in which a rung would be open to the unit."""
        offering, asked = self.outcome.offering, self._case.asked
        for agreements in agreements_for(offering, asked).values():
            at = np.flatnonzero((agreements.owner == row) & covers(agreements, asked))
            yield from zip(
                agreements.valid_from[at].tolist(), agreements.valid_to[at].tolist(), strict=True
            )
        if ProvisionForm.DIRECT_AWARD in offering.rungs:
            units = offering.units
            if units.vetted_from[row] <= units.vetted_to[row]:
                yield int(units.vetted_from[row]), int(units.vetted_to[row])

    # One function a reason that has something to say.

    def _open_days(self, row: int, reason: Reason) -> Difference:
        units = self._case.units
        return Difference(reason, first=_day(units.open_from[row]), last=_day(units.open_to[row]))

    def _ages(self, row: int, reason: Reason) -> Difference:
        units = self._case.units
        return Difference(reason, ages=_span(units.age_from[row], units.age_to[row]))

    def _companion_ages(self, row: int, reason: Reason) -> Difference:
        units = self._case.units
        return Difference(reason, ages=_span(units.companion_from[row], units.companion_to[row]))

    def _genders(self, row: int, reason: Reason) -> Difference:
        bits = int(self._case.units.genders[row])
        return Difference(reason, codes=tuple(code for code, bit in GENDERS.items() if bits & bit))

    def _drug_free(self, row: int, reason: Reason) -> Difference:
        held = int(self._case.units.drug_free[row])
        said = next(value for value, bits in DRUG_FREE.items() if bits == held)
        return Difference(reason, drug_free=said)

    def _refused(self, row: int, reason: Reason) -> Difference:
        need = self.outcome.need
        named = dict.fromkeys((*need.needs_required, *need.needs_wished))
        held = self._holds(self.outcome.offering.needs_refused, row, named)
        return Difference(reason, codes=held)

    def _not_met(self, row: int, reason: Reason) -> Difference:
        required = dict.fromkeys(self.outcome.need.needs_required)
        met = self._holds(self.outcome.offering.needs_met, row, required)
        return Difference(reason, codes=tuple(code for code in required if code not in met))

    def _places(self, row: int, reason: Reason) -> Difference:
        units = self._case.units
        free = int(units.free[row])
        return Difference(
            reason,
            free=None if free >= NOT_COUNTED else free,
            first=_day(units.next_free_on[row]),
        )

    def _agreement(self, row: int, reason: Reason) -> Difference:
        """The period nearest to the wanted start."""
        start = self._case.asked.wanted_start
        always = (FIRST_DAY, LAST_DAY)
        first, last = min(self._periods(row), key=lambda days: _gap(start, *days), default=always)
        return Difference(reason, first=_day(first), last=_day(last))

    def _distance(self, row: int, reason: Reason) -> Difference:
        return Difference(reason, metres=float(self._case.metres[row]))

    def _holds(self, words: Words, row: int, codes: Iterable[str]) -> tuple[str, ...]:
        find = self.outcome.register.vocabularies.needs.find
        return tuple(code for code in codes if _bit(words[:, row], find(code)))


_SAY: Final = {
    Reason.NOT_OPEN: Differences._open_days,
    Reason.AGE: Differences._ages,
    Reason.COMPANION: Differences._companion_ages,
    Reason.GENDER: Differences._genders,
    Reason.DRUG_FREE: Differences._drug_free,
    Reason.NEED_REFUSED: Differences._refused,
    Reason.NEED_NOT_MET: Differences._not_met,
    Reason.NO_FREE_PLACE: Differences._places,
    Reason.AGREEMENT_EXPIRED: Differences._agreement,
    Reason.TOO_FAR: Differences._distance,
}


def _bit_of(reason: Reason) -> int:
    return 1 << _PLACE[reason]


def _bit(words: Column, number: int) -> bool:
    word, bit = divmod(number, 64)
    return bool(int(words[word]) >> bit & 1)


def _day(number: int) -> date | None:
    number = int(number)
    return date.fromordinal(number) if FIRST_DAY < number < LAST_DAY else None


def _span(first: int, last: int) -> tuple[int, int | None]:
    return int(first), None if int(last) >= LARGEST_WHOLE else int(last)


def _gap(day: int, first: int, last: int) -> int:
    return max(first - day, day - last, 0)
