"""The register's four tables, made from the rows of units."""

from collections.abc import Iterable, Sequence
from itertools import chain
from typing import NamedTuple, TypeVar

import numpy as np

from providers.domain.register.columns import (
    AgreementColumns,
    Column,
    Cut,
    Ragged,
    ServiceColumns,
    StopColumns,
    UnitColumns,
    Words,
    bit_words,
    spliced,
    spliced_ragged,
    starts_of,
)
from providers.domain.register.unit_document import Agreement, Service, Stop, UnitRow
from providers.domain.register.vocabulary import Vocabularies, Vocabulary

T = TypeVar("T")

NO_MUNICIPALITY = -1


class Tables(NamedTuple):
    units: UnitColumns
    services: Ragged
    agreements: Ragged
    stops: Ragged

    def patched(self, new: "Tables", cuts: Sequence[Cut]) -> "Tables":
        return Tables(
            spliced(self.units, new.units, cuts),
            spliced_ragged(self.services, new.services, cuts),
            spliced_ragged(self.agreements, new.agreements, cuts),
            spliced_ragged(self.stops, new.stops, cuts),
        )


def tables_of(rows: Sequence[UnitRow], vocabularies: Vocabularies) -> Tables:
    """The vocabularies grow by the codes of the rows."""
    return Tables(
        _units(rows, vocabularies),
        _services([row.services for row in rows], vocabularies),
        _agreements([row.agreements for row in rows], vocabularies),
        _stops([row.stops for row in rows]),
    )


def _units(rows: Sequence[UnitRow], vocabularies: Vocabularies) -> UnitColumns:
    open_from, open_to = _days([row.open for row in rows])
    age_from, age_to = _pairs([row.ages for row in rows])
    companion_from, companion_to = _pairs([row.companion_ages for row in rows])
    permit_from, permit_to = _days([row.permit for row in rows])
    vetted_from, vetted_to = _days([row.vetted for row in rows])
    latitude, longitude = np.radians(_pairs([row.position for row in rows], np.float64))
    award_rate, award_per_day = _pairs([row.award_rate for row in rows], np.float64)
    return UnitColumns(
        operated_by=_numbers([row.operated_by for row in rows], vocabularies.municipalities),
        municipality=_numbers([row.municipality for row in rows], vocabularies.municipalities),
        open_from=open_from,
        open_to=open_to,
        age_from=age_from,
        age_to=age_to,
        companion_from=companion_from,
        companion_to=companion_to,
        genders=np.array([row.genders for row in rows], np.uint8),
        drug_free=np.array([row.drug_free for row in rows], np.uint8),
        permit_from=permit_from,
        permit_to=permit_to,
        free=np.array([row.free for row in rows], np.int64),
        next_free_on=np.array([row.next_free_on for row in rows], np.int32),
        latitude=latitude,
        longitude=longitude,
        in_house_rate=np.array([row.in_house_rate for row in rows], np.float64),
        vetted_from=vetted_from,
        vetted_to=vetted_to,
        award_rate=award_rate,
        award_rate_per_day=award_per_day,
        needs_met=_sets([row.needs_met for row in rows], vocabularies.needs),
        needs_refused=_sets([row.needs_refused for row in rows], vocabularies.needs),
    )


def _services(lists: Sequence[list[Service]], vocabularies: Vocabularies) -> Ragged:
    starts, rows = _flat(lists)
    types = vocabularies.service_types.add_all(row.service_type for row in rows)
    columns = ServiceColumns(
        service_type=np.array(types, np.int32),
        any_subtype=np.array([row.any_subtype for row in rows], np.bool_),
        subtypes=_sets([row.subtypes for row in rows], vocabularies.subtypes),
    )
    return Ragged(starts, columns)


def _agreements(lists: Sequence[list[Agreement]], vocabularies: Vocabularies) -> Ragged:
    starts, rows = _flat(lists)
    types = vocabularies.service_types.add_all(row.service_type for row in rows)
    valid_from, valid_to = _days([row.valid for row in rows])
    rate, rate_per_day = _pairs([row.rate for row in rows], np.float64)
    columns = AgreementColumns(
        form=np.array([row.form for row in rows], np.uint8),
        service_type=np.array(types, np.int32),
        any_subtype=np.array([not row.subtypes for row in rows], np.bool_),
        subtypes=_sets([row.subtypes for row in rows], vocabularies.subtypes),
        parties=_sets([row.parties for row in rows], vocabularies.municipalities),
        valid_from=valid_from,
        valid_to=valid_to,
        rank=np.array([row.rank for row in rows], np.int64),
        rate=rate,
        rate_per_day=rate_per_day,
    )
    return Ragged(starts, columns)


def _stops(lists: Sequence[list[Stop]]) -> Ragged:
    starts, rows = _flat(lists)
    first, last = _days([row.holds for row in rows])
    closes = np.array([row.closes for row in rows], np.uint8)
    return Ragged(starts, StopColumns(closes, first, last))


def _flat(lists: Sequence[list[T]]) -> tuple[Column, list[T]]:
    return starts_of([len(rows) for rows in lists]), list(chain.from_iterable(lists))


def _pairs(pairs: Iterable[tuple[float, float]], dtype: type = np.int64) -> tuple[Column, Column]:
    flat: Column = np.fromiter(chain.from_iterable(pairs), dtype)
    return flat[0::2].copy(), flat[1::2].copy()


def _days(periods: Iterable[tuple[int, int]]) -> tuple[Column, Column]:
    return _pairs(periods, np.int32)


def _numbers(codes: Iterable[str | None], vocabulary: Vocabulary) -> Column:
    listed = list(codes)
    given = np.array([code is not None for code in listed], np.bool_)
    numbers = np.full(len(listed), NO_MUNICIPALITY, np.int32)
    numbers[given] = vocabulary.add_all(code for code in listed if code is not None)
    return numbers


def _sets(sets: Sequence[tuple[str, ...]], vocabulary: Vocabulary) -> Words:
    numbers = [vocabulary.add_all(codes) for codes in sets]
    return bit_words(numbers, len(sets), vocabulary.words)
