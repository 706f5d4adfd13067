"""The units of one service type, cut out of the register so that rules read whole columns."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final, NamedTuple

import numpy as np

from providers.domain.register.columns import (
    AgreementColumns,
    Column,
    StopColumns,
    UnitColumns,
    Words,
    take,
)
from providers.domain.register.tables import Tables
from providers.domain.register.unit_document import RUNG_BIT
from spink.catalogue.domain.ladder import LADDER, ProvisionForm

_AGREEMENT_FORMS: Final = (ProvisionForm.IOP, ProvisionForm.FRAMEWORK)


class Listed(NamedTuple):
    """Agreements of one form in the order of the units, and of each unit's list."""

    owner: Column
    """Whose each is, as its row in the offering."""
    rows: AgreementColumns


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


@dataclass(frozen=True)
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
    stops: Stops | None
    listed: Mapping[ProvisionForm, Listed]

    @cached_property
    def by_rank(self) -> Mapping[ProvisionForm, Agreements]:
        """For needs that name a subtype: by rank, rate per day, place in the list."""
        return {form: _sorted(listed, ranked=True) for form, listed in self.listed.items()}

    @cached_property
    def by_rate(self) -> Mapping[ProvisionForm, Agreements]:
        """For other needs: by rate per day, place in the list."""
        return {form: _sorted(listed, ranked=False) for form, listed in self.listed.items()}

    def restricted(self, keep: Column) -> "Offering":
        """Only the units for which `keep` says so: a match of them alone, in the same order."""
        place = np.where(keep, np.cumsum(keep) - 1, -1)
        return replace(
            self,
            rows=self.rows[keep],
            units=take(self.units, keep),
            needs_met=self.needs_met[:, keep],
            needs_refused=self.needs_refused[:, keep],
            any_subtype=self.any_subtype[keep],
            subtypes=self.subtypes[:, keep],
            stops=_restricted_stops(self.stops, place),
            listed=dict(_restricted_agreements(self.listed, place)),
        )


def offering(tables: Tables, service_type: int, rungs: frozenset[str]) -> Offering:
    services = tables.services.rows
    entries = np.flatnonzero(services.service_type == service_type)
    rows = tables.services.owners()[entries]
    units = take(tables.units, rows)
    place = np.full(len(tables.units.free), -1)
    place[rows] = np.arange(len(rows))
    existing = tuple(form for form in LADDER if form in rungs)
    return Offering(
        rungs=existing,
        rows=rows,
        units=units,
        needs_met=_word_first(units.needs_met),
        needs_refused=_word_first(units.needs_refused),
        any_subtype=services.any_subtype[entries],
        subtypes=_word_first(services.subtypes[entries]),
        stops=_stops(tables, place),
        listed=dict(_listed(tables, place, service_type)),
    )


def _listed(
    tables: Tables, place: Column, service_type: int
) -> Iterator[tuple[ProvisionForm, Listed]]:
    rows = tables.agreements.rows
    owner = place[tables.agreements.owners()]
    covers = (rows.service_type == service_type) & (owner >= 0)
    for form in _AGREEMENT_FORMS:
        chosen = np.flatnonzero(covers & (rows.form == RUNG_BIT[form]))
        if len(chosen):
            yield form, Listed(owner[chosen], take(rows, chosen))


def _sorted(listed: Listed, *, ranked: bool) -> Agreements:
    owner = listed.owner
    rows = take(listed.rows, _order(listed, ranked=ranked))
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


def _order(listed: Listed, *, ranked: bool) -> Column:
    """Sorts within units that have several, by a stable sort, so that the list decides last."""
    same = listed.owner[1:] == listed.owner[:-1]
    several = np.flatnonzero(np.append(same, False) | np.append(False, same))
    owner, rows = listed.owner[several], take(listed.rows, several)
    keys = (rows.rate_per_day, rows.rank, owner) if ranked else (rows.rate_per_day, owner)
    order = np.arange(len(listed.owner))
    order[several] = several[np.lexsort(keys)]
    return order


def _stops(tables: Tables, place: Column) -> Stops | None:
    return _stops_of(place[tables.stops.owners()], tables.stops.rows)


def _stops_of(owner: Column, rows: StopColumns) -> Stops | None:
    chosen = np.flatnonzero(owner >= 0)
    if not len(chosen):
        return None
    owners, starts = np.unique(owner[chosen], return_index=True)
    return Stops(owners, starts, *take(rows, chosen))


def _restricted_stops(stops: Stops | None, place: Column) -> Stops | None:
    if stops is None:
        return None
    count = np.diff(np.append(stops.starts, len(stops.closes)))
    owner = place[np.repeat(stops.owners, count)]
    return _stops_of(owner, StopColumns(stops.closes, stops.first, stops.last))


def _restricted_agreements(
    listed: Mapping[ProvisionForm, Listed], place: Column
) -> Iterator[tuple[ProvisionForm, Listed]]:
    for form, every in listed.items():
        owner = place[every.owner]
        chosen = np.flatnonzero(owner >= 0)
        if len(chosen):
            yield form, Listed(owner[chosen], take(every.rows, chosen))


def _word_first(words: Words) -> Words:
    return np.ascontiguousarray(words.T)
