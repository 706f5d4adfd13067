"""A file that somebody uploads, as tables. Nothing of it is trusted before it is read."""

from collections.abc import Iterable, Sequence
from typing import Any

from providers.domain.tables.csv_file import csv_rows
from providers.domain.tables.faults import (
    LONGEST_CELL,
    MOST_FAULTS,
    MOST_TEXT,
    Row,
    Table,
    TableFault,
    Unreadable,
)
from providers.domain.tables.sheets import Sheet, Sheets
from providers.domain.tables.workbook import NOTES, workbook_rows

Lines = Iterable[tuple[int, Sequence[Any]]]
"""Each with its number."""


def read_tables(content: bytes, sheets: Sheets) -> tuple[list[Table], list[TableFault]]:
    """Raises Unreadable for what is neither a workbook nor CSV."""
    tables: list[Table] = []
    faults: list[TableFault] = []
    if not content.strip():
        raise Unreadable("the file is empty")
    if content.startswith(b"PK"):
        for title, lines in workbook_rows(content):
            sheet = _titled(title, sheets)
            if sheet is not None:
                _take(sheet, lines, tables, faults)
            elif title not in NOTES:
                faults.append(TableFault("is no sheet of the template", title))
    else:
        rows = csv_rows(content)
        _take(_kind_of(rows[0][1] if rows else (), sheets), rows, tables, faults)
    if not faults and not any(table.rows for table in tables):
        raise Unreadable("the file has no rows")
    return tables, faults


def _titled(title: str, sheets: Sheets) -> Sheet | None:
    found = (sheet for sheet in sheets.all if sheet.title.casefold() == title.strip().casefold())
    return next(found, None)


def _kind_of(headings: Sequence[Any], sheets: Sheets) -> Sheet:
    """The sheet that knows most of the headings, and its key among them."""
    given = {_folded(heading) for heading in headings}
    fitting = [
        (len(given & sheet.by_heading.keys()), -len(sheet.columns), sheet)
        for sheet in sheets.all
        if all(heading.casefold() in given for heading in sheet.key[:2])
    ]
    if not fitting:
        raise Unreadable("the first line does not hold the headings of a template")
    return max(fitting, key=lambda one: one[:2])[2]


def _folded(heading: Any) -> str:
    return str(heading).strip().casefold() if heading is not None else ""


def _take(sheet: Sheet, lines: Lines, tables: list[Table], faults: list[TableFault]) -> None:
    table = Table(sheet.slug, [])
    columns: dict[int, str] | None = None
    for number, cells in lines:
        if not any(cell not in (None, "") for cell in cells):
            continue
        if columns is None:
            columns = _columns(sheet, number, cells, faults)
            continue
        taken = {heading: _cell(cells, at) for at, heading in columns.items()}
        faults.extend(_overlong(sheet, number, taken))
        if any(cell not in (None, "") for at, cell in enumerate(cells) if at not in columns):
            faults.append(TableFault("has a cell outside of the headings", sheet.title, number))
        table.rows.append(Row(number, taken))
        if len(faults) > MOST_FAULTS:
            break
    tables.append(table)
    if _text_in(tables) > MOST_TEXT:
        raise Unreadable("the file holds too much text")


def _text_in(tables: Iterable[Table]) -> int:
    cells = (cell for table in tables for row in table.rows for cell in row.cells.values())
    return sum(len(cell) for cell in cells if isinstance(cell, str))


def _cell(cells: Sequence[Any], at: int) -> Any:
    cell = cells[at] if at < len(cells) else None
    return cell.strip() or None if isinstance(cell, str) else cell


def _overlong(sheet: Sheet, line: int, cells: dict[str, Any]) -> Iterable[TableFault]:
    for heading, cell in cells.items():
        if isinstance(cell, str) and len(cell) > LONGEST_CELL:
            reason = f"is longer than {LONGEST_CELL} characters"
            yield TableFault(reason, sheet.title, line, heading)


def _columns(
    sheet: Sheet, line: int, cells: Sequence[Any], faults: list[TableFault]
) -> dict[int, str]:
    """The headings by their place. All of the key must be there; the order is free."""
    columns: dict[int, str] = {}
    for at, cell in enumerate(cells):
        if not _folded(cell):
            continue
        column = sheet.by_heading.get(_folded(cell))
        if column is None:
            faults.append(
                TableFault("is no column of the sheet", sheet.title, line, str(cell)[:80])
            )
        elif column.heading in columns.values():
            faults.append(TableFault("is given twice", sheet.title, line, column.heading))
        else:
            columns[at] = column.heading
    missing = [heading for heading in sheet.key if heading not in columns.values()]
    faults.extend(
        TableFault("the column is missing", sheet.title, line, heading) for heading in missing
    )
    return columns
