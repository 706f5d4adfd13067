"""Tables held as columns: tuples of arrays with one row first, and their patches.

A patch is a list of cuts, each a run of rows of the old or of the new table, so that changing
one unit of ten thousand copies memory and touches no other unit in Python.
"""

from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Any, NamedTuple, TypeVar

import numpy as np
import numpy.typing as npt

Column = npt.NDArray[Any]
Words = npt.NDArray[np.uint64]
"""Sets of codes as bits: one row a set, 64 codes a word."""

Table = TypeVar("Table", bound=tuple[Column, ...])


class Cut(NamedTuple):
    """Rows `first` to before `last` of the new table, or else of the old."""

    new: bool
    first: int
    last: int


class UnitColumns(NamedTuple):
    operated_by: Column
    municipality: Column
    open_from: Column
    open_to: Column
    age_from: Column
    age_to: Column
    companion_from: Column
    companion_to: Column
    genders: Column
    drug_free: Column
    permit_from: Column
    permit_to: Column
    free: Column
    next_free_on: Column
    latitude: Column
    longitude: Column
    in_house_rate: Column
    vetted_from: Column
    vetted_to: Column
    award_rate: Column
    award_rate_per_day: Column
    needs_met: Words
    needs_refused: Words


class ServiceColumns(NamedTuple):
    service_type: Column
    any_subtype: Column
    subtypes: Words


class AgreementColumns(NamedTuple):
    form: Column
    service_type: Column
    any_subtype: Column
    subtypes: Words
    parties: Words
    valid_from: Column
    valid_to: Column
    rank: Column
    rate: Column
    rate_per_day: Column


class StopColumns(NamedTuple):
    closes: Column
    first: Column
    last: Column


class Ragged(NamedTuple):
    """The rows of unit `i` are `starts[i]` to before `starts[i + 1]`."""

    starts: Column
    rows: Any

    def owners(self) -> Column:
        return np.repeat(np.arange(len(self.starts) - 1), np.diff(self.starts))


def take(table: Table, rows: Column) -> Table:
    return type(table)(*(column[rows] for column in table))


def spliced(old: Table, new: Table, cuts: Sequence[Cut]) -> Table:
    columns = (_spliced_column(a, b, cuts) for a, b in zip(old, new, strict=True))
    return type(old)(*columns)


def spliced_ragged(old: Ragged, new: Ragged, cuts: Sequence[Cut]) -> Ragged:
    flat, lengths = [], []
    for cut in cuts:
        starts = (new if cut.new else old).starts
        flat.append(Cut(cut.new, int(starts[cut.first]), int(starts[cut.last])))
        lengths.append(np.diff(starts[cut.first : cut.last + 1]))
    return Ragged(starts_of(np.concatenate(lengths)), spliced(old.rows, new.rows, flat))


def starts_of(lengths: Column | Sequence[int]) -> Column:
    return np.concatenate(([0], np.cumsum(lengths, dtype=np.int64)))


def bit_words(sets: Iterable[Iterable[int]], count: int, words: int) -> Words:
    """`count` sets of code numbers as bits in `words` words each."""
    listed = [list(numbers) for numbers in sets]
    owner = np.repeat(np.arange(count), [len(numbers) for numbers in listed])
    number = np.fromiter(chain.from_iterable(listed), dtype=np.int64)
    table = np.zeros((count, words), dtype=np.uint64)
    bits = np.left_shift(np.uint64(1), (number & 63).astype(np.uint64))
    np.bitwise_or.at(table, (owner, number >> 6), bits)
    return table


def _spliced_column(old: Column, new: Column, cuts: Sequence[Cut]) -> Column:
    if old.ndim == 2 and old.shape[1] < new.shape[1]:
        old = np.pad(old, ((0, 0), (0, new.shape[1] - old.shape[1])))
    return np.concatenate([(new if cut.new else old)[cut.first : cut.last] for cut in cuts])
