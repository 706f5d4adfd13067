"""Workbooks (XLSX), read with distrust and written without formulas."""

import io
import zipfile
from collections.abc import Iterator, Sequence
from typing import Any, Final

from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from providers.domain.tables.csv_file import FORMULA
from providers.domain.tables.faults import MOST_COLUMNS, MOST_ROWS, Unreadable

LARGEST_UNPACKED: Final = 150 * 1024 * 1024
MOST_TIMES_PACKED: Final = 200
"""A real sheet is packed ten to thirty times."""
MOST_PARTS: Final = 200
NO_WORKBOOK: Final = "the file is no workbook (XLSX) that can be read"
INSTRUCTIONS: Final = "Läs först"
VOCABULARY: Final = "Ord"
NOTES: Final = frozenset((INSTRUCTIONS, VOCABULARY))
"""Sheets of the template for people, which an import passes by."""


def workbook_rows(content: bytes) -> Iterator[tuple[str, list[tuple[int, Sequence[Any]]]]]:
    """Every sheet's title and its lines that hold something."""
    _check_package(content)
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        for sheet in book.worksheets:
            sheet.reset_dimensions()  # what the file says of its size is not believed
            yield sheet.title, _lines(sheet)
        book.close()
    except Unreadable:
        raise
    except Exception as error:  # whatever a broken file makes of the library
        raise Unreadable(NO_WORKBOOK) from error


def _lines(sheet: Any) -> list[tuple[int, Sequence[Any]]]:
    lines: list[tuple[int, Sequence[Any]]] = []
    if sheet.title in NOTES:
        return lines
    for number, cells in enumerate(
        sheet.iter_rows(max_col=MOST_COLUMNS + 1, values_only=True), start=1
    ):
        if number > MOST_ROWS + 1:
            raise Unreadable(f"the file has more than {MOST_ROWS} rows")
        if any(cell is not None for cell in cells):
            lines.append((number, cells))
    return lines


def _check_package(content: bytes) -> None:
    """Before anything is unpacked: how large it would be, by what the package says of itself.

    A package that lies is cut off at what it said, and found to be broken.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            parts = package.infolist()
            unpacked = sum(part.file_size for part in parts)
            if (
                len(parts) > MOST_PARTS
                or unpacked > LARGEST_UNPACKED
                or unpacked > MOST_TIMES_PACKED * max(len(content), 10_000)
            ):
                raise Unreadable("the workbook is too large when it is unpacked")
            for part in parts:
                with package.open(part) as opened:
                    if b"<!DOCTYPE" in opened.read(1024):
                        raise Unreadable(NO_WORKBOOK)
    except (zipfile.BadZipFile, OSError, ValueError, RuntimeError, NotImplementedError) as error:
        if isinstance(error, Unreadable):
            raise
        raise Unreadable(NO_WORKBOOK) from error


Cell = str | int
Sheet = tuple[str, Sequence[str], Sequence[Sequence[Cell]]]


def as_workbook(sheets: Sequence[Sheet]) -> bytes:
    """Each sheet's title, headings and rows. Figures stay figures; all else is a text, and so
    nothing is a formula."""
    book = Workbook(write_only=True)
    for title, headings, rows in sheets:
        sheet = book.create_sheet(title)
        sheet.freeze_panes = "B2"
        for at, heading in enumerate(headings, start=1):
            sheet.column_dimensions[get_column_letter(at)].width = max(14, len(heading) + 3)
        sheet.append([_cell(sheet, heading, bold=True) for heading in headings])
        for row in rows:
            sheet.append([_figure_or_text(sheet, cell) for cell in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _figure_or_text(sheet: Any, cell: Cell) -> Any:
    if isinstance(cell, int):
        return cell
    return _cell(sheet, cell) if cell else None


def _cell(sheet: Any, text: str, *, bold: bool = False) -> Any:
    shown = "".join(mark for mark in text if mark.isprintable() or mark in "\n\t")
    cell = WriteOnlyCell(sheet, value=shown)
    cell.data_type = "s"
    if bold:
        cell.font = Font(bold=True)
    if shown.startswith(FORMULA):
        cell.quotePrefix = True  # stays a text when somebody edits the cell
    return cell
