"""A register file as the rows of its sheets, and what one would change in another."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from providers.domain.tables.composing import OWN_SHEETS, PARTS
from providers.domain.tables.sheets import (
    LOTS,
    PRICES,
    SERVICES,
    Sheet,
    Sheets,
    value_at,
)

Key = tuple[str, ...]
Cells = list[str]


def described(document: dict[str, Any], sheets: Sheets) -> dict[str, list[Cells]]:
    """The rows of every sheet, by its slug."""
    return {
        sheet.slug: [_cells(sheet, entry) for entry in _entries(sheet, document)]
        for sheet in sheets.all
    }


def _cells(sheet: Sheet, entry: dict[str, Any]) -> Cells:
    written = []
    for column in sheet.columns:
        value = value_at(entry, column.path)
        is_empty = value is None or value == [] or value == ""
        written.append("" if is_empty else column.kind.write(value))
    return written


def _entries(sheet: Sheet, document: dict[str, Any]) -> Iterator[dict[str, Any]]:
    if sheet.slug in OWN_SHEETS:
        yield from document.get(OWN_SHEETS[sheet.slug], ())
    elif sheet.slug == LOTS:
        for agreement in document.get("agreements", ()):
            for lot in agreement.get("lots") or ():
                yield {**lot, "agreement": agreement["id"]}
    else:
        for unit in document.get("units", ()):
            yield from _parts_of(sheet, unit)


def _parts_of(sheet: Sheet, unit: dict[str, Any]) -> Iterator[dict[str, Any]]:
    if sheet.slug in PARTS:
        part = PARTS[sheet.slug]
        if unit.get(part) is not None:
            yield {"unit": unit["id"], part: unit[part]}
    elif sheet.slug == SERVICES:
        for service in unit.get("services") or ():
            yield {**service, "unit": unit["id"]}
    elif sheet.slug == PRICES:
        yield from _prices_of(unit)


def _prices_of(unit: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """One row a price, and one for a place without any."""
    entries = unit.get("agreements") or []
    priced = {_place(entry) for entry in entries if entry.get("rate") is not None}
    told = set()
    for entry in entries:
        place = _place(entry)
        if entry.get("rate") is None and (place in priced or place in told):
            continue
        told.add(place)
        yield {
            "unit": unit["id"],
            **{name: entry.get(name) for name in ("agreement", "lot", "rank", "rate")},
            "rate_unit": entry.get("rate_unit") if entry.get("rate") is not None else None,
            "valid_from": entry.get("rate_from"),
        }


def _place(entry: dict[str, Any]) -> tuple[Any, Any]:
    return entry.get("agreement"), entry.get("lot")


@dataclass(frozen=True, slots=True)
class ChangedField:
    heading: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class ChangedRow:
    """`fields` are empty for a row that is new."""

    key: str
    name: str
    fields: tuple[ChangedField, ...] = ()


@dataclass(slots=True)
class ChangedSheet:
    slug: str
    title: str
    new: list[ChangedRow]
    changed: list[ChangedRow]
    unchanged: int


def differences(
    before: dict[str, Any], after: dict[str, Any], sheets: Sheets
) -> list[ChangedSheet]:
    """Sheet by sheet what is new, what is changed field by field, and how many rows are as they
    were; sheets without rows are left out."""
    were, are = described(before, sheets), described(after, sheets)
    found = [_difference(sheet, were[sheet.slug], are[sheet.slug]) for sheet in sheets.all]
    return [one for one in found if one.new or one.changed or one.unchanged]


def _difference(sheet: Sheet, were: list[Cells], are: list[Cells]) -> ChangedSheet:
    known = {_key(sheet, cells): cells for cells in were}
    found = ChangedSheet(sheet.slug, sheet.title, [], [], 0)
    for cells in are:
        key = _key(sheet, cells)
        name = cells[sheet.headings.index("Namn")] if "Namn" in sheet.headings else ""
        row = " · ".join(part for part in key if part)
        if key not in known:
            found.new.append(ChangedRow(row, name))
        elif known[key] == cells:
            found.unchanged += 1
        else:
            pairs = zip(sheet.headings, known[key], cells, strict=True)
            changed = tuple(ChangedField(*pair) for pair in pairs if pair[1] != pair[2])
            found.changed.append(ChangedRow(row, name, changed))
    return found


def _key(sheet: Sheet, cells: Cells) -> Key:
    return tuple(cells[sheet.headings.index(heading)] for heading in sheet.key)
