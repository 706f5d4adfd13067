"""The units of one service type, cut out of the register so that rules read whole columns."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from providers.domain.register.columns import Column, UnitColumns, Words, take
from providers.domain.register.tables import Tables
from providers.domain.register.unit_document import RUNG_BIT
from spink.catalogue.domain.ladder import LADDER, ProvisionForm

_AGREEMENT_FORMS: Final = (ProvisionForm.IOP, ProvisionForm.FRAMEWORK)


@dataclass(frozen=True, slots=True)
class Agreements:
    """Of one form, sorted by unit and, within a unit, by what makes one count before another.

    Words have the word first, here as in `Offering`.
    """

    owner: Column
    owners: Column
    """Each unit that has any, once; its agreements begin at `starts`."""
    starts: Column
    any_subtype: Column
    subtypes: Words
    parties: Words
    valid_from: Column
    valid_to: Column
    rank: Column
    rate: Column
    rate_per_day: Column


@dataclass(frozen=True, slots=True)
class Stops:
    owners: Column
    starts: Column
    closes: Column
    first: Column
    last: Column


@dataclass(frozen=True, slots=True)
class Offering:
    rungs: tuple[ProvisionForm, ...]
    """Those that exist for the service type, in order."""
    rows: Column
    """Where the units stand in the register; ordered by id."""
    units: UnitColumns
    needs_met: Words
    needs_refused: Words
    any_subtype: Column
    subtypes: Words
    by_rank: Mapping[ProvisionForm, Agreements]
    """For needs that name a subtype: by rank, rate per day, place in the list."""
    by_rate: Mapping[ProvisionForm, Agreements]
    """For other needs: by rate per day, place in the list."""
    stops: Stops | None


def offering(tables: Tables, service_type: int, rungs: frozenset[str]) -> Offering:
    services = tables.services.rows
    entries = np.flatnonzero(services.service_type == service_type)
    rows = tables.services.owners()[entries]
    units = take(tables.units, rows)
    place = np.full(len(tables.units.free), -1)
    place[rows] = np.arange(len(rows))
    existing = tuple(form for form in LADDER if form in rungs)
    by_rank: dict[ProvisionForm, Agreements] = {}
    by_rate: dict[ProvisionForm, Agreements] = {}
    for form in _AGREEMENT_FORMS:
        chosen = _chosen(tables, place, service_type, form)
        if len(chosen):
            by_rank[form] = _agreements(tables, place, chosen, ranked=True)
            by_rate[form] = _agreements(tables, place, chosen, ranked=False)
    return Offering(
        rungs=existing,
        rows=rows,
        units=units,
        needs_met=_word_first(units.needs_met),
        needs_refused=_word_first(units.needs_refused),
        any_subtype=services.any_subtype[entries],
        subtypes=_word_first(services.subtypes[entries]),
        by_rank=by_rank,
        by_rate=by_rate,
        stops=_stops(tables, place),
    )


def _chosen(tables: Tables, place: Column, service_type: int, form: ProvisionForm) -> Column:
    rows = tables.agreements.rows
    wanted = (rows.service_type == service_type) & (rows.form == RUNG_BIT[form])
    wanted &= place[tables.agreements.owners()] >= 0
    return np.flatnonzero(wanted)


def _agreements(tables: Tables, place: Column, chosen: Column, *, ranked: bool) -> Agreements:
    owner = place[tables.agreements.owners()[chosen]]
    rows = take(tables.agreements.rows, chosen)
    keys = (rows.rate_per_day, rows.rank, owner) if ranked else (rows.rate_per_day, owner)
    order = np.lexsort(keys)  # stable, so that the place in the list decides last
    rows, owner = take(rows, order), owner[order]
    owners, starts = np.unique(owner, return_index=True)
    return Agreements(
        owner=owner,
        owners=owners,
        starts=starts,
        any_subtype=rows.any_subtype,
        subtypes=_word_first(rows.subtypes),
        parties=_word_first(rows.parties),
        valid_from=rows.valid_from,
        valid_to=rows.valid_to,
        rank=rows.rank,
        rate=rows.rate,
        rate_per_day=rows.rate_per_day,
    )


def _stops(tables: Tables, place: Column) -> Stops | None:
    owner = place[tables.stops.owners()]
    chosen = np.flatnonzero(owner >= 0)
    if not len(chosen):
        return None
    owners, starts = np.unique(owner[chosen], return_index=True)
    return Stops(owners, starts, *take(tables.stops.rows, chosen))


def _word_first(words: Words) -> Words:
    return np.ascontiguousarray(words.T)
