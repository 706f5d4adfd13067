"""The provider register at one instant: the columns that a match reads, and how they change."""

from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, TypeVar

import numpy as np

from providers.domain.register.columns import Ragged
from providers.domain.register.offering import Offering, offering
from providers.domain.register.patch import Patch, patch_of
from providers.domain.register.register_document import (
    ProvisionForms,
    listed_units,
    read_provision_forms,
    read_units,
)
from providers.domain.register.tables import NO_MUNICIPALITY, Tables, tables_of
from providers.domain.register.vocabulary import Vocabularies
from spink.foundation import collector, fields
from spink.foundation.bad_input import BadInput
from spink.foundation.fields import Document

T = TypeVar("T")


@dataclass(frozen=True, eq=False)
class Register:
    """Immutable; every change gives another register, which shares what has not changed."""

    instant: date
    provision_forms: ProvisionForms
    places_horizon_days: int | None
    ids: Sequence[str] = field(repr=False)
    """In order, by code point; the tables' rows follow it."""
    tables: Tables = field(repr=False)
    vocabularies: Vocabularies = field(repr=False)
    number: int | None = None
    """The diary's number that the register was read at; None for one from a file."""
    _offerings: dict[str, Offering] = field(default_factory=dict, repr=False)
    _by_id: dict[Callable[[str], Any], list[Any]] = field(default_factory=dict, repr=False)

    @classmethod
    def from_document(
        cls, document: object, *, place: str, number: int | None = None
    ) -> "Register":
        """Raises BadInput that names the place (a file, or what the caller calls its source),
        the entry and the field."""
        with collector.at_rest():
            try:
                return cls._read(fields.document(document), number)
            except BadInput as bad:
                raise bad.at(place) from None

    @classmethod
    def _read(cls, given: Document, number: int | None) -> "Register":
        instant = date.fromordinal(fields.required(fields.day, given, "instant"))
        forms = read_provision_forms(given)
        horizon = fields.whole(given, "places_horizon_days")
        rows = read_units(listed_units(given), forms)
        vocabularies = Vocabularies()
        tables = tables_of(rows, vocabularies)
        ids = [row.id for row in rows]
        return cls(instant, forms, horizon, ids, tables, vocabularies, number)

    def at(self, instant: date) -> "Register":
        return replace(self, instant=instant)

    def with_number(self, number: int | None) -> "Register":
        return replace(self, number=number)

    def with_horizon(self, days: int | None) -> "Register":
        return replace(self, places_horizon_days=days)

    def with_provision_forms(self, forms: Mapping[str, Collection[str]]) -> "Register":
        document = {"provision_forms": {code: list(rungs) for code, rungs in forms.items()}}
        return replace(self, provision_forms=read_provision_forms(document), _offerings={})

    def without_municipality_of(self, service_type: str) -> "Register":
        """The same, but that nobody knows in which municipality the units lie that give it."""
        services, units = self.tables.services, self.tables.units
        code = self.vocabularies.service_types.find(service_type)
        municipality = units.municipality.copy()
        municipality[services.owners()[services.rows.service_type == code]] = NO_MUNICIPALITY
        units = units._replace(municipality=municipality)
        return replace(self, tables=self.tables._replace(units=units), _offerings={})

    def without_stops_to_come(self) -> "Register":
        """The same, but that nobody knows of stops that have not begun on its instant."""
        starts, rows = self.tables.stops
        begun = rows.first <= self.instant.toordinal()
        if begun.all():
            return self
        closes = np.where(begun, rows.closes, np.uint8(0))
        stops = Ragged(starts, rows._replace(closes=closes))
        return replace(self, tables=self.tables._replace(stops=stops), _offerings={})

    def with_units(
        self, changed: Iterable[object], removed: Iterable[str] = (), *, number: int | None = None
    ) -> "Register":
        """`changed` are whole documents, of new units too; removing an unknown id is no fault.

        Raises BadInput with the entry (`units[0]`) and the field. `number` None keeps its own.
        """
        rows = read_units(list(changed), self.provision_forms)
        vocabularies = self.vocabularies.copy()
        new = tables_of(rows, vocabularies)
        new_ids = [row.id for row in rows]
        patch = patch_of(self.ids, new_ids, set(removed))
        return replace(
            self,
            number=self.number if number is None else number,
            ids=self.ids if patch.in_place else patch.spliced(self.ids, new_ids),
            tables=self.tables.patched(new, patch.cuts),
            vocabularies=vocabularies,
            _offerings=self._untouched(patch, new, vocabularies),
            _by_id=self._followed(patch, new_ids),
        )

    def offering(self, service_type: str) -> Offering:
        """Raises BadInput for a service type that `provision_forms` does not name."""
        known = self._offerings.get(service_type)
        if known is None:
            rungs = self.provision_forms.get(service_type)
            if rungs is None:
                raise BadInput("is no service type of the register", field="service_type")
            code = self.vocabularies.service_types.find(service_type)
            known = self._offerings[service_type] = offering(self.tables, code, rungs)
        return known

    def row_of(self, unit_id: str) -> int | None:
        row = bisect_left(self.ids, unit_id)
        return row if row < len(self.ids) and self.ids[row] == unit_id else None

    def by_id(self, make: Callable[[str], T]) -> list[T]:
        """What `make` gives for every id, in order: made once, and kept through changes."""
        known = self._by_id.get(make)
        if known is None:
            known = self._by_id[make] = [make(unit_id) for unit_id in self.ids]
        return known

    def _untouched(
        self, patch: Patch, new: Tables, vocabularies: Vocabularies
    ) -> dict[str, Offering]:
        """The offerings that no changed unit was or is part of."""
        if not patch.in_place or vocabularies.words != self.vocabularies.words:
            return {}
        touched = set(new.services.rows.service_type.tolist())
        services = self.tables.services
        for row in patch.replaced:
            of_row = slice(services.starts[row], services.starts[row + 1])
            touched.update(services.rows.service_type[of_row].tolist())
        find = vocabularies.service_types.find
        return {
            code: kept for code, kept in self._offerings.copy().items() if find(code) not in touched
        }

    def _followed(
        self, patch: Patch, new_ids: Sequence[str]
    ) -> dict[Callable[[str], Any], list[Any]]:
        if patch.in_place:
            return self._by_id
        return {
            make: patch.spliced(values, [make(unit_id) for unit_id in new_ids])
            for make, values in self._by_id.items()
        }
