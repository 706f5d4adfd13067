"""Tables laid over what the register holds: a register file that the import takes.

What the tables do not name stays as it is: rows, sheets and columns that are left out change
nothing, and an empty cell empties its field. Nothing is removed this way but what a cell held.
"""

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from providers.domain.exchange import values
from providers.domain.exchange.entries import Price
from providers.domain.exchange.prices import entries_of
from providers.domain.tables.cells import text
from providers.domain.tables.faults import Row, Table, TableFault
from providers.domain.tables.sheets import (
    AGREEMENT,
    AGREEMENTS,
    AWARDS,
    GROUPS,
    LOT,
    LOTS,
    PERMITS,
    PLACE_COLUMNS,
    PRICES,
    PROVIDER,
    PROVIDERS,
    SERVICE,
    SERVICES,
    UNIT,
    UNITS,
    Column,
    Sheet,
    Sheets,
    put_at,
    value_at,
)
from spink.catalogue.domain.services import PROTECTED_HOUSING
from spink.foundation.bad_input import BadInput

Entry = dict[str, Any]

OWN_SHEETS = {UNITS: "units", AGREEMENTS: "agreements", PROVIDERS: "providers", GROUPS: "groups"}
"""Sheets with a row an entry, and the entries' list in a register file."""
PARTS = {PERMITS: "permit", AWARDS: "direct_award"}


@dataclass(slots=True)
class Place:
    """A unit's place in a lot."""

    rank: Any = None
    prices: dict[date | None, Price] = field(default_factory=dict)
    said: bool = False


@dataclass(slots=True)
class Composed:
    """`current` are the entries of the register that the document would replace."""

    document: dict[str, list[Entry]]
    current: dict[str, list[Entry]]
    faults: list[TableFault]
    slugs: frozenset[str]
    """The sheets that have rows."""
    origins: dict[str, tuple[Sheet, int]]
    """From which line an entry or a part of it comes, by its path in the document."""

    def at(self, bad: BadInput) -> TableFault:
        """A fault of the document, where it stands in the tables."""
        path = ".".join(part for part in (bad.place, bad.field) if part)
        way = next((way for way in _ways(path) if way in self.origins), None)
        if way is None:
            return TableFault(bad.reason, heading=path)
        sheet, line = self.origins[way]
        heading = sheet.heading_of(_below(path, way))
        return TableFault(bad.reason, sheet.title, line, heading)


def _ways(path: str) -> Iterator[str]:
    """The path itself, and all that it is a part of, the nearest first."""
    yield path
    for at in range(len(path) - 1, 0, -1):
        if path[at] in ".[":
            yield path[:at]


def _below(path: str, way: str) -> str:
    rest = path.removeprefix(way).lstrip(".")
    part = way.rpartition(".")[2]
    return f"{part}.{rest}" if part in PARTS.values() else rest


def compose(tables: list[Table], current: dict[str, Any], sheets: Sheets) -> Composed:
    return _Composer(current, sheets).compose({table.slug: table for table in tables})


class _Composer:
    def __init__(self, current: dict[str, Any], sheets: Sheets) -> None:
        self.sheets = sheets
        self.there = {
            name: {entry["id"]: entry for entry in current.get(name, ())}
            for name in OWN_SHEETS.values()
        }
        self.taken: dict[str, dict[str, Entry]] = {name: {} for name in OWN_SHEETS.values()}
        self.places: dict[str, dict[tuple[str, str], Place]] = {}
        self.faults: list[TableFault] = []
        self.origins: dict[tuple[str, ...], tuple[Sheet, int]] = {}

    def compose(self, tables: dict[str, Table]) -> Composed:
        for slug in (GROUPS, PROVIDERS, AGREEMENTS):
            self._entries(slug, tables)
        self._lots(tables)
        self._entries(UNITS, tables)
        self._services(tables)
        for slug in PARTS:
            self._parts(slug, tables)
        self._prices(tables)
        for code, unit in self.taken["units"].items():
            self._settle(code, unit)
        document = {name: list(entries.values()) for name, entries in self.taken.items()}
        current = {
            name: [self.there[name][code] for code in entries if code in self.there[name]]
            for name, entries in self.taken.items()
        }
        slugs = frozenset(slug for slug, table in tables.items() if table.rows)
        return Composed(document, current, self.faults, slugs, self._paths())

    # One row an entry

    def _rows(self, slug: str, tables: dict[str, Table]) -> Iterator[tuple[Sheet, Row]]:
        sheet = self.sheets[slug]
        for row in tables[slug].rows if slug in tables else ():
            yield sheet, row

    def _read(self, sheet: Sheet, row: Row, heading: str) -> Any:
        return sheet.by_heading[heading.casefold()].kind.read(row.cells.get(heading))

    def _key(self, sheet: Sheet, row: Row, heading: str) -> str | None:
        value: str | None = self._read(sheet, row, heading)
        if value is None:
            self._fault("is missing", sheet, row, heading)
        return value

    def _fault(self, reason: str, sheet: Sheet, row: Row, heading: str) -> None:
        self.faults.append(TableFault(reason, sheet.title, row.line, heading))

    def _put(self, entry: Entry, sheet: Sheet, row: Row, skipped: tuple[str, ...]) -> None:
        for heading, cell in row.cells.items():
            if heading not in skipped:
                column = sheet.by_heading[heading.casefold()]
                if not _says_the_same(column, entry, cell):
                    put_at(entry, column.path, column.kind.read(cell))

    def _entries(self, slug: str, tables: dict[str, Table]) -> None:
        name = OWN_SHEETS[slug]
        for sheet, row in self._rows(slug, tables):
            code = self._key(sheet, row, sheet.key[0])
            if code is None:
                continue
            if code in self.taken[name]:
                self._fault("is the id of another entry too", sheet, row, sheet.key[0])
                continue
            entry = self._entry(name, code, sheet, row)
            self._put(entry, sheet, row, sheet.key)
            if slug == UNITS:
                self._check_provider(entry, sheet, row)

    def _check_provider(self, unit: Entry, sheet: Sheet, row: Row) -> None:
        """A slip of the pen makes no provider."""
        provider = unit.get("provider")
        if provider is None:
            self._fault("is missing", sheet, row, PROVIDER)
        elif not any(provider in known["providers"] for known in (self.there, self.taken)):
            self._fault(f"{provider} is not known", sheet, row, PROVIDER)

    def _entry(self, name: str, code: str, sheet: Sheet, row: Row) -> Entry:
        """As the register has it, or new; whoever asks first is where it comes from."""
        if code not in self.taken[name]:
            entry = deepcopy(self.there[name].get(code, {"id": code}))
            entry.pop("stops", None)
            self.taken[name][code] = entry
            self.origins[name, code] = (sheet, row.line)
            if name == "units":
                self.places[code] = _places(entry)
        return self.taken[name][code]

    # Rows that are parts of an entry

    def _owner(self, name: str, sheet: Sheet, row: Row, heading: str) -> Entry | None:
        code = self._key(sheet, row, heading)
        if code is None:
            return None
        if code not in self.there[name] and code not in self.taken[name]:
            self._fault(f"{code} is not known", sheet, row, heading)
            return None
        return self._entry(name, code, sheet, row)

    def _parts(self, slug: str, tables: dict[str, Table]) -> None:
        seen = set()
        for sheet, row in self._rows(slug, tables):
            unit = self._owner("units", sheet, row, UNIT)
            if unit is None:
                continue
            if unit["id"] in seen:
                self._fault("is the id of another entry too", sheet, row, UNIT)
            seen.add(unit["id"])
            part = PARTS[slug]
            if unit.get(part) is None:
                unit[part] = {"required": True} if slug == PERMITS else {}
            self._put(unit, sheet, row, (UNIT,))
            self.origins["units", unit["id"], part] = (sheet, row.line)

    def _services(self, tables: dict[str, Table]) -> None:
        for sheet, row in self._rows(SERVICES, tables):
            unit, code = self._owner("units", sheet, row, UNIT), self._key(sheet, row, SERVICE)
            if unit is not None and code is not None:
                at = _listed(unit, "services", "service_type", code)
                self._put(unit["services"][at], sheet, row, (UNIT, SERVICE))
                self.origins["units", unit["id"], f"services[{at}]"] = (sheet, row.line)

    def _lots(self, tables: dict[str, Table]) -> None:
        for sheet, row in self._rows(LOTS, tables):
            agreement = self._owner("agreements", sheet, row, AGREEMENT)
            code = self._key(sheet, row, LOT)
            if agreement is not None and code is not None:
                at = _listed(agreement, "lots", "id", code)
                self._put(agreement["lots"][at], sheet, row, (AGREEMENT, LOT))
                self.origins["agreements", agreement["id"], f"lots[{at}]"] = (sheet, row.line)

    # Prices

    def _prices(self, tables: dict[str, Table]) -> None:
        for sheet, row in self._rows(PRICES, tables):
            unit = self._owner("units", sheet, row, UNIT)
            agreement = self._key(sheet, row, AGREEMENT)
            lot = self._read(sheet, row, LOT) or ""
            if unit is None or agreement is None or not self._is_lot(agreement, lot, sheet, row):
                continue
            place = self.places[unit["id"]].setdefault((agreement, lot), Place())
            self._rank(place, sheet, row)
            self._price(place, sheet, row)
            self.origins["units", unit["id"], "agreements", agreement, lot] = (sheet, row.line)

    def _is_lot(self, agreement: str, lot: str, sheet: Sheet, row: Row) -> bool:
        entry = self._agreement(agreement)
        if entry is None:
            self._fault(f"{agreement} is not known", sheet, row, AGREEMENT)
        elif not any((one.get("id") or "") == lot for one in entry.get("lots") or ()):
            self._fault(f"{lot} is no lot of {agreement}", sheet, row, LOT)
        else:
            return True
        return False

    def _agreement(self, code: str) -> Entry | None:
        return self.taken["agreements"].get(code) or self.there["agreements"].get(code)

    def _rank(self, place: Place, sheet: Sheet, row: Row) -> None:
        if "Rangordning" not in row.cells:
            return
        rank = self._read(sheet, row, "Rangordning")
        if place.said and rank != place.rank:
            self._fault("differs from another line of the same place", sheet, row, "Rangordning")
        place.rank, place.said = rank, True

    def _price(self, place: Place, sheet: Sheet, row: Row) -> None:
        given = {
            str(column.path[0]): column.kind.read(row.cells.get(column.heading))
            for column in sheet.columns
        }
        try:
            rate = values.kronor(given, "rate")
            since = values.day(given, "valid_from")
        except BadInput as bad:
            self._fault(bad.reason, sheet, row, sheet.heading_of(bad.field))
            return
        if rate is not None:
            place.prices[since] = Price(since, rate, given["rate_unit"] or "day")
        elif since is not None:
            self._fault("is missing", sheet, row, "Avtalspris")

    # The whole

    def _settle(self, code: str, unit: Entry) -> None:
        address = unit.get("address")
        if address is not None and not any(address.values()):
            unit["address"] = None
        self._refuse_place(code, unit)
        unit["agreements"] = [
            entry
            for (agreement, lot), place in self.places[code].items()
            for entry in self._periods(agreement, lot, place)
        ]

    def _refuse_place(self, code: str, unit: Entry) -> None:
        """An import would pass it by in silence; who wrote it shall know that it is not kept."""
        sheet, line = self.origins["units", code]
        services = [service.get("service_type") for service in unit.get("services") or ()]
        if PROTECTED_HOUSING not in services or sheet.slug != UNITS:
            return
        for column in sheet.columns:
            if column.heading in PLACE_COLUMNS and value_at(unit, column.path) is not None:
                reason = "is not kept of protected housing"
                self.faults.append(TableFault(reason, sheet.title, line, column.heading))

    def _periods(self, code: str, lot_code: str, place: Place) -> Iterator[Entry]:
        agreement = self._agreement(code) or {}
        lots = {one.get("id") or "": one for one in agreement.get("lots") or ()}
        lot = lots.get(lot_code, {})
        try:
            period = values.period(agreement, "valid_from", "valid_to")
        except BadInput:
            period = (None, None)  # the agreement's own fault says so
        for entry in entries_of(period, list(place.prices.values())):
            first, last = entry.period
            yield {
                "agreement": code,
                "lot": lot_code or None,
                "provision_form": agreement.get("provision_form"),
                "parties": agreement.get("parties"),
                "service_type": lot.get("service_type"),
                "subtypes": lot.get("subtypes"),
                "valid_from": first and first.isoformat(),
                "valid_to": last and last.isoformat(),
                "rank": place.rank,
                "rate": None if entry.rate is None else _plain(entry.rate),
                "rate_unit": entry.rate_unit,
                "rate_from": entry.rate_from and entry.rate_from.isoformat(),
            }

    def _paths(self) -> dict[str, tuple[Sheet, int]]:
        numbers = {
            (name, code): f"{name}[{number}]"
            for name, entries in self.taken.items()
            for number, code in enumerate(entries)
        }
        paths = {}
        for (name, code, *part), origin in self.origins.items():
            for below in self._below(code, part):
                paths[".".join((numbers[name, code], *below))] = origin
        return paths

    def _below(self, code: str, part: list[str]) -> Iterator[tuple[str, ...]]:
        """A place in an agreement stands in the document once a period."""
        if part[:1] != ["agreements"]:
            yield tuple(part)
            return
        for number, entry in enumerate(self.taken["units"][code]["agreements"]):
            if [entry["agreement"], entry["lot"] or ""] == part[1:]:
                yield (f"agreements[{number}]",)


def _says_the_same(column: Column, entry: Entry, cell: object) -> bool:
    """What is written in short, a time without its seconds, does not shorten what is known."""
    known = value_at(entry, column.path)
    return known not in (None, "", []) and column.kind.write(known) == text(cell)


def _listed(entry: Entry, name: str, key: str, code: str) -> int:
    """The place in the entry's list of the part with the code, which is added if need be."""
    parts = entry.get(name) or []
    entry[name] = parts
    for at, part in enumerate(parts):
        if part.get(key) == code:
            return at
    parts.append({key: code})
    return len(parts) - 1


def _places(unit: Entry) -> dict[tuple[str, str], Place]:
    """The unit's places in lots with their prices, of the entries that the export makes of them."""
    places: dict[tuple[str, str], Place] = {}
    for entry in unit.get("agreements") or ():
        place = places.setdefault((entry["agreement"], entry.get("lot") or ""), Place())
        place.rank = entry.get("rank")
        rate = values.kronor(entry, "rate")
        if rate is not None:
            since = values.day(entry, "rate_from")
            place.prices[since] = Price(since, rate, entry.get("rate_unit") or "day")
    return places


def _plain(rate: Any) -> int | float:
    return int(rate) if rate == int(rate) else float(rate)
