"""The order within a rung: what speaks for one candidate before another."""

from typing import NamedTuple

import numpy as np

from placements.matching.asked import Value
from placements.matching.bits import count, held
from placements.matching.criteria import Case
from placements.matching.distance import metres
from placements.matching.ladder import agreements_for
from providers.domain.register.columns import Column, Words
from providers.domain.register.unit_document import NO_RANK
from spink.catalogue.domain.ladder import LADDER, ProvisionForm


class Candidates(NamedTuple):
    """A row each, first by need, then by rung, then in the order of the rung."""

    need: Column
    """Its row in the block."""
    unit: Column
    """Its row in the offering."""
    rung: Column
    """Its number in the ladder."""
    rank: Column
    """NO_RANK for none."""
    places_certain: Column
    wished_met: Words
    """The wished needs that are met, as a row of words."""
    rate: Column
    """As it is printed; NaN for none."""
    metres: Column
    """NaN where it is not known."""


def in_order(case: Case, reasons: Column) -> Candidates:
    """The units without a reason against them; `reasons` has one row of units for each need."""
    at = np.flatnonzero(reasons == 0)
    need, unit = np.divmod(at, reasons.shape[-1])
    rung = case.standing.rung(at)
    rank, rate, rate_per_day = _terms(case, at, unit, rung)
    found = Candidates(
        need=need,
        unit=unit,
        rung=rung,
        rank=rank,
        places_certain=~case.places_uncertain.ravel()[at],
        wished_met=held(case.offering.needs_met, unit, case.asked.wished, need),
        rate=rate,
        metres=_metres(case, unit, need),
    )
    order = _order(found, rate_per_day, by_rank=case.asked.names_subtype)
    return Candidates(*(column[order] for column in found))


def _order(found: Candidates, rate_per_day: Column, *, by_rank: bool) -> Column:
    """Stable over units in order of their id, so that the id decides last."""
    keys = [
        found.metres,  # NaN sorts last
        rate_per_day,
        -count(found.wished_met),
        ~found.places_certain,
        *([found.rank] if by_rank else []),
        found.rung,
        found.need,
    ]
    return np.lexsort(keys)


def _metres(case: Case, unit: Column, need: Column) -> Value:
    """Of the candidates alone, who are few."""
    latitude, longitude = np.ravel(case.asked.latitude)[need], np.ravel(case.asked.longitude)[need]
    return metres(latitude, longitude, case.units.latitude[unit], case.units.longitude[unit])


def _terms(case: Case, at: Column, unit: Column, rung: Column) -> tuple[Column, Column, Column]:
    """Rank, rate, and rate per day on the rung where each candidate stands; rates of own units
    have none per day, since internal prices do not compare."""
    units = case.units
    rank = np.full(len(at), NO_RANK)
    rate, rate_per_day = np.full(len(at), np.nan), np.full(len(at), np.inf)
    for form in case.offering.rungs:
        here = rung == LADDER.index(form)
        if form is ProvisionForm.IN_HOUSE:
            rate[here] = units.in_house_rate[unit[here]]
        elif form is ProvisionForm.DIRECT_AWARD:
            rate[here] = units.award_rate[unit[here]]
            rate_per_day[here] = units.award_rate_per_day[unit[here]]
        elif form in case.standing.agreements:
            agreements = agreements_for(case.offering, case.asked)[form]
            counts = case.standing.agreements[form].ravel()[at[here]]
            rank[here] = agreements.rank[counts]
            rate[here] = agreements.rate[counts]
            rate_per_day[here] = agreements.rate_per_day[counts]
    return rank, rate, rate_per_day
