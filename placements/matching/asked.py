"""Needs as numbers, to be compared with columns of units.

For one need every value is a number; for a block of needs a column with a row for each need,
so that the same rule gives one row of units, or a row of units for each need.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from placements.matching.need import Need
from providers.domain.register import Register
from providers.domain.register.columns import Column
from providers.domain.register.unit_document import DRUG_FREE, EVERY_AGE, EVERY_GENDER, GENDERS
from providers.domain.register.vocabulary import Vocabulary

Value = Any
"""A number, or a column of numbers with a row for each need."""

Codes = tuple[tuple[int, Value], ...]
"""A set of codes as (word, bits): only words that hold any."""

NO_AGE = (EVERY_AGE[1], -1)
"""Youngest and oldest of nobody: inside every span of ages."""


@dataclass(slots=True)
class Asked:
    instant: int
    wanted_start: Value
    within_horizon: Value
    municipality: Value
    party: Codes
    names_subtype: bool
    subtype: Codes
    youngest: Value
    oldest: Value
    youngest_companion: Value
    oldest_companion: Value
    gender: Value
    drug_free: Value
    places: Value
    required: Codes
    wished: Codes
    named: Codes
    """Required or wished."""
    latitude: Value
    longitude: Value
    within_km: Value
    avoids: Column | None
    """For every municipality's number, and last for no municipality, whether it is avoided."""
    not_rows: Sequence[Sequence[int]] | None
    """For each need the units that are not to be had, by their rows in the register."""


def ask(need: Need, register: Register) -> Asked:
    words = register.vocabularies
    start, instant = need.wanted_start.toordinal(), register.instant.toordinal()
    horizon = register.places_horizon_days
    age = NO_AGE if need.age is None else (need.age, need.age)
    near = need.near
    companions = need.companions
    required = _codes(need.needs_required, words.needs)
    wished = _codes(need.needs_wished, words.needs)
    return Asked(
        instant=instant,
        wanted_start=start,
        within_horizon=horizon is None or start - instant <= horizon,
        municipality=words.municipalities.find(need.municipality),
        party=_codes((need.municipality,), words.municipalities),
        names_subtype=need.subtype is not None,
        subtype=() if need.subtype is None else _codes((need.subtype,), words.subtypes),
        youngest=age[0],
        oldest=age[1],
        youngest_companion=min(companions, default=NO_AGE[0]),
        oldest_companion=max(companions, default=NO_AGE[1]),
        gender=EVERY_GENDER if need.gender is None else GENDERS[need.gender],
        drug_free=DRUG_FREE[need.drug_free],
        places=need.places_asked,
        required=required,
        wished=wished,
        named=_codes(need.needs_required + need.needs_wished, words.needs),
        latitude=np.nan if near is None else np.radians(near.lat),
        longitude=np.nan if near is None else np.radians(near.lon),
        within_km=np.inf if near is None or near.within_km is None else near.within_km,
        avoids=_avoids(need, words.municipalities) if need.not_in_municipalities else None,
        not_rows=_rows(need, register),
    )


def _codes(codes: Sequence[str], vocabulary: Vocabulary) -> Codes:
    if not codes:
        return ()
    words: dict[int, int] = {}
    for code in codes:
        word, bit = divmod(vocabulary.find(code), 64)
        words[word] = words.get(word, 0) | 1 << bit
    return tuple(words.items())


def _avoids(need: Need, municipalities: Vocabulary) -> Column:
    table = np.zeros(municipalities.size + 1, np.bool_)
    table[[municipalities.find(code) for code in need.not_in_municipalities]] = True
    table[-1] = True
    return table


def _rows(need: Need, register: Register) -> list[list[int]] | None:
    rows = [register.row_of(unit_id) for unit_id in need.not_units]
    known = [row for row in rows if row is not None]
    return [known] if known else None


def ask_together(needs: Sequence[Need], register: Register) -> Asked:
    """A block: needs of one service type that all name a subtype, or all none."""
    one_by_one = [ask(need, register) for need in needs]

    def column(name: str) -> Value:
        numbers = [getattr(one, name) for one in one_by_one]
        return np.array(numbers, _NUMBERS[name])[:, np.newaxis]

    def codes(name: str) -> Any:
        return _together([getattr(one, name) for one in one_by_one])

    first = one_by_one[0]
    return Asked(
        instant=first.instant,
        names_subtype=first.names_subtype,
        avoids=_avoided_together([one.avoids for one in one_by_one]),
        not_rows=_rows_together([one.not_rows for one in one_by_one]),
        **{name: column(name) for name in _NUMBERS},
        **{name: codes(name) for name in _CODES},
    )


_NUMBERS = {
    "wanted_start": np.int32,
    "within_horizon": np.bool_,
    "municipality": np.int32,
    "youngest": np.int64,
    "oldest": np.int64,
    "youngest_companion": np.int64,
    "oldest_companion": np.int64,
    "gender": np.uint8,
    "drug_free": np.uint8,
    "places": np.int64,
    "latitude": np.float64,
    "longitude": np.float64,
    "within_km": np.float64,
}
_CODES = ("party", "subtype", "required", "wished", "named")


def _together(sets: Sequence[Codes]) -> Codes:
    columns: dict[int, Column] = {}
    for row, codes in enumerate(sets):
        for word, bits in codes:
            if word not in columns:
                columns[word] = np.zeros((len(sets), 1), np.uint64)
            columns[word][row] = bits
    return tuple(columns.items())


def _avoided_together(tables: Sequence[Column | None]) -> Column | None:
    given = [table for table in tables if table is not None]
    if not given:
        return None
    none = np.zeros_like(given[0])
    return np.array([none if table is None else table for table in tables])


def _rows_together(
    rows: Sequence[Sequence[Sequence[int]] | None],
) -> Sequence[Sequence[int]] | None:
    return [one[0] if one else [] for one in rows] if any(rows) else None
