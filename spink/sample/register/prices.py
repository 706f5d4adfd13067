"""Prices: a rate when a contract begins, and another each February by index."""

from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import NamedTuple

from spink.sample.drawing import Draw
from spink.sample.register.frameworks import KNOWN_AHEAD, Generation
from spink.sample.register.plans import Unit

INDEX_MONTH = 2
BASE_YEAR = 2022


class PricePeriod(NamedTuple):
    valid_from: date
    valid_to: date
    rate: int


@cache
def index(year: int) -> float:
    """How much dearer than at the base: some percent a year."""
    steps = {2023: 0.021, 2024: 0.039, 2025: 0.031, 2026: 0.027}
    grown = 1.0
    for later in range(BASE_YEAR + 1, year + 1):
        grown *= 1 + steps.get(later, 0.025)
    return grown


def price_periods(
    unit: Unit, generation: Generation, *, seed: int, known_on: date
) -> list[PricePeriod]:
    """The contract's prices in order, without gaps, as far as they are known on the day."""
    level = _level(unit.code, generation.number, seed)
    begins = list(_begins(generation, known_on))
    ends = [day.fromordinal(day.toordinal() - 1) for day in begins[1:]] + [generation.valid_to]
    rates = [_round(unit, unit.rate * level * index(day.year)) for day in begins]
    return [PricePeriod(*period) for period in zip(begins, ends, rates, strict=True)]


@cache
def _level(unit: str, generation: int, seed: int) -> float:
    """How the unit's price in a contract lies against its usual one."""
    return Draw(seed, "price", unit, generation).between(0.96, 1.05)


def rate_on(unit: Unit, day: date) -> int:
    """The rate outside agreements: internal, or of a direct award."""
    return _round(unit, unit.rate * index(day.year))


def _begins(generation: Generation, known_on: date) -> Iterator[date]:
    yield generation.valid_from
    for year in range(generation.valid_from.year, generation.valid_to.year + 1):
        day = date(year, INDEX_MONTH, 1)
        within = generation.valid_from < day <= generation.valid_to
        if within and year > BASE_YEAR and day - KNOWN_AHEAD <= known_on:
            yield day


def _round(unit: Unit, rate: float) -> int:
    step = 10 if unit.profile.rate_unit == "day" else 5
    return round(rate / step) * step
