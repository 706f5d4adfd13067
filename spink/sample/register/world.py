"""The sample's register through the years: what its document is on any day, and its editions."""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from spink.foundation.clock import STOCKHOLM
from spink.sample.drawing import Draw
from spink.sample.register.document import (
    REGISTER_BEGINS,
    Json,
    agreement_documents,
    direct_award,
    group_document,
    lasting,
    lots_of,
    provider_document,
    unit_document,
)
from spink.sample.register.frameworks import Ranks, chain_of
from spink.sample.register.occupancy import COUNTED, counted_on, counted_places, places_of
from spink.sample.register.plans import Provider, Unit
from spink.sample.register.stops import with_stops
from spink.sample.register.units import UnitMaker

HORIZON_DAYS: Final = 21
EARLY: Final = time(0, 5)
DECISION: Final = "Kontroll före registrering: läggs till"
EXTRA_EDITIONS: Final = (COUNTED, date(2024, 9, 16), date(2024, 11, 11))
"""The count of places that was published, and the autumn in which homes were closed."""


@dataclass(frozen=True)
class Edition:
    """What a change of the register brought: groups and providers once, units that differ."""

    at: datetime
    note: str
    document: Json


class World:
    """Everything is fixed by `seed` and `day`; `forms` are the rungs that exist by service."""

    def __init__(self, *, seed: int, day: date, forms: Mapping[str, Sequence[str]]) -> None:
        if day <= REGISTER_BEGINS:
            raise ValueError(f"the sample begins on {REGISTER_BEGINS}")
        self.seed = seed
        self.day = day
        self._forms = {service: list(rungs) for service, rungs in forms.items()}
        self.decisions: dict[str, str] = {}
        """By the unit's code: what has let it into direct award, where the sample tells of it."""
        maker = UnitMaker(seed)
        self.units = with_stops(maker.every(), seed=seed, day=day)
        self.applications = maker.applications
        self._providers = maker.providers
        self._ranks = _ranks(self.units, seed)
        self._lasting = {unit.code: lasting(unit, seed) for unit in self.units}

    @property
    def edition_days(self) -> list[date]:
        return edition_days(self.day)

    def document(self, day: date | None = None) -> Json:
        """The whole register as known on the day, in the format of import and export."""
        day = day or self.day
        units = list(self._unit_documents(day).values())
        return self._head(day) | self._named(units, day) | {"units": units}

    def editions(self) -> Iterator[Edition]:
        """From the first, which is whole, each with the units that it changes."""
        before: dict[str, Json] = {}
        known: dict[str, Provider] = {}
        for day in self.edition_days:
            units = self._unit_documents(day)
            changed = [unit for code, unit in units.items() if before.get(code) != unit]
            providers = self._known_providers(day)
            new = [provider for code, provider in providers.items() if code not in known]
            note = "Registervård" if before else "Registret läggs upp"
            head = self._bare(day) if before else self._head(day)
            head |= {"providers": [provider_document(provider) for provider in new]}
            yield Edition(early(day), note, head | self._named(changed, day) | {"units": changed})
            before, known = units, providers

    def let_in(self, documents: Mapping[str, Json], day: date) -> dict[str, Json]:
        """The documents of units that a vetting has let into direct award since they were made."""
        tomorrow = day + timedelta(days=1)
        return {
            unit.code: documents[unit.code] | {"direct_award": award}
            for unit in self.units
            if unit.vetted_from
            and "direct_award" not in documents.get(unit.code, {"direct_award": None})
            and (award := direct_award(unit, tomorrow, DECISION, self.seed))
        }

    def _named(self, documents: Sequence[Json], day: date) -> Json:
        """The agreements that the units' documents name."""
        contracts = {entry["agreement"] for one in documents for entry in one.get("agreements", ())}
        agreements = agreement_documents(self._known(day), day)
        return {"agreements": [one for one in agreements if one["id"] in contracts]}

    def _known_providers(self, day: date) -> dict[str, Provider]:
        every = self._providers.all.items()
        return {code: one for code, one in every if one.known_from is None or one.known_from <= day}

    def _known(self, day: date) -> list[Unit]:
        return [unit for unit in self.units if unit.known_from is None or unit.known_from <= day]

    def _bare(self, day: date) -> Json:
        return {
            "instant": day.isoformat(),
            "places_horizon_days": HORIZON_DAYS,
            "provision_forms": self._forms,
        }

    def _head(self, day: date) -> Json:
        providers = self._known_providers(day).values()
        return self._bare(day) | {
            "groups": [group_document(group) for group in self._providers.groups],
            "providers": [provider_document(provider) for provider in providers],
        }

    def _unit_documents(self, day: date) -> dict[str, Json]:
        counted = counted_places(self.units, day=day, seed=self.seed)
        return {
            unit.code: unit_document(
                unit,
                always=self._lasting[unit.code],
                day=day,
                places=counted.get(unit.code) or places_of(unit, day=day, seed=self.seed),
                counted_on=counted_on(unit, day=day, is_last=day == self.day, seed=self.seed),
                ranks=self._ranks,
                decision=self.decisions.get(unit.code, DECISION),
                seed=self.seed,
            )
            for unit in self._known(day)
        }


def edition_days(last: date) -> list[date]:
    """The first day, the first weekday of each quarter, some more, and the last day."""
    days = {REGISTER_BEGINS, last, *(day for day in EXTRA_EDITIONS if day < last)}
    for year in range(REGISTER_BEGINS.year + 1, last.year + 1):
        days.update(_weekday(date(year, month, 2)) for month in (1, 4, 7, 10))
    return sorted(day for day in days if day <= last)


def as_bytes(document: Json) -> bytes:
    return json.dumps(document, ensure_ascii=False, indent=1).encode()


def _weekday(day: date) -> date:
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)


def early(day: date) -> datetime:
    return datetime.combine(day, EARLY, STOCKHOLM)


def _ranks(units: Sequence[Unit], seed: int) -> Ranks:
    """Each lot of each framework period ranks its units from 1; an IOP ranks nobody."""
    lots: dict[tuple[str, int, str], list[str]] = defaultdict(list)
    for unit in units:
        chain = chain_of(unit.profile.key, unit.contract_form)
        if chain is None or chain.form == "iop":
            continue
        for number in unit.contracts:
            for lot in lots_of(unit, chain, number):
                lots[chain.key, number, lot].append(unit.code)
    return {
        (code, number, lot): rank
        for (chain_key, number, lot), codes in lots.items()
        for rank, code in enumerate(
            Draw(seed, "rank", chain_key, number, lot).shuffled(codes), start=1
        )
    }
