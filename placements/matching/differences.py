"""What exactly keeps a unit away: the figures behind a reason, from the columns that decided it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Final

import numpy as np

from placements.matching.asked import ask
from placements.matching.criteria import CRITERIA, Case
from placements.matching.ladder import NO_RUNG, agreements_for, covers
from placements.matching.outcome import Outcome
from placements.matching.reasons import Reason
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

_FIRST_RUNG: Final = [
    NO_RUNG if not bits else (bits & -bits).bit_length() - 1 for bits in range(2 ** len(LADDER))
]


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
        standing = self._case.standing
        on_start, some_day = int(standing.open[row]), int(standing.open_some_day[row])
        number = _FIRST_RUNG[on_start or some_day]
        return None if number == NO_RUNG else LADDER[number]

    def rank(self, row: int) -> int | None:
        """Of the agreement that counts on the rung open to the unit."""
        form = self.form(row)
        if form not in self._case.standing.agreements:
            return None
        agreements = agreements_for(self.outcome.offering, self._case.asked)[form]
        at = int(self._case.standing.agreements[form][row])
        if at == len(agreements.rank) or agreements.rank[at] == NO_RANK:
            return None
        return int(agreements.rank[at])

    def excluded_on(self, form: ProvisionForm) -> list[int]:
        """Excluded units to which the rung is open on the wanted start, stops aside."""
        has_open = (self._case.standing.open & RUNG_BIT[form]) != 0
        found: list[int] = np.flatnonzero(has_open & (self.outcome.reasons != 0)).tolist()
        return found

    def of(self, row: int, reason: Reason) -> Difference:
        say = _SAY.get(reason)
        return say(self, row, reason) if say else Difference(reason)

    @cached_property
    def _agreement_days(self) -> dict[int, tuple[int, int]]:
        """By unit, the period nearest to the wanted start in which a rung would be open."""
        start = self._case.asked.wanted_start
        nearest: dict[int, tuple[int, int]] = {}
        for row, first, last in self._periods():
            known = nearest.get(row)
            if known is None or _gap(start, first, last) < _gap(start, *known):
                nearest[row] = (first, last)
        return nearest

    def _periods(self) -> Iterable[tuple[int, int, int]]:
        offering = self.outcome.offering
        for agreements in agreements_for(offering, self._case.asked).values():
            covering = np.flatnonzero(covers(agreements, self._case.asked))
            columns = (agreements.owner, agreements.valid_from, agreements.valid_to)
            yield from zip(*(column[covering].tolist() for column in columns), strict=True)
        if ProvisionForm.DIRECT_AWARD in offering.rungs:
            units = offering.units
            vetted = np.flatnonzero(units.vetted_from <= units.vetted_to)
            yield from zip(
                vetted.tolist(),
                units.vetted_from[vetted].tolist(),
                units.vetted_to[vetted].tolist(),
                strict=True,
            )

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
        first, last = self._agreement_days.get(row, (FIRST_DAY, LAST_DAY))
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
