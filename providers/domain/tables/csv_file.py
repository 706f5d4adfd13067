"""CSV as Swedish spreadsheets write it, and safe to open in one."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from typing import Final

from providers.domain.tables.faults import MOST_ROWS, Unreadable

DELIMITERS: Final = ";,\t"
FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
_NUMBER: Final = re.compile(r"-?\d+([.,]\d+)?", re.ASCII)


def csv_rows(content: bytes) -> list[tuple[int, Sequence[str]]]:
    """Every record with the line that it begins on."""
    text = _decoded(content)
    if "\0" in text:
        raise Unreadable("the file is no text")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    rows: list[tuple[int, Sequence[str]]] = []
    begins = 1
    try:
        for cells in reader:
            rows.append((begins, [_without_guard(cell) for cell in cells]))
            begins = reader.line_num + 1
            if len(rows) > MOST_ROWS + 1:
                raise Unreadable(f"the file has more than {MOST_ROWS} rows")
    except csv.Error:
        raise Unreadable(f"line {begins} has a quotation mark that does not end") from None
    return rows


def _decoded(content: bytes) -> str:
    """UTF-8, and what Windows calls it where somebody saved from an older program."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    else:
        encodings = ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Unreadable("the file's characters are neither UTF-8 nor Windows-1252")


def _delimiter(text: str) -> str:
    """What stands most often in the first line that says anything."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    return max(DELIMITERS, key=first.count)


def as_csv(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Semicolons and a byte order mark: what a Swedish Excel opens without being asked."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(headings)
    writer.writerows([_guarded(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def _guarded(cell: str) -> str:
    """A text that a spreadsheet would take for a formula gets an apostrophe before it."""
    is_formula = cell.startswith(FORMULA) and not _NUMBER.fullmatch(cell)
    return f"'{cell}" if is_formula or _is_guarded(cell) else cell


def _is_guarded(cell: str) -> bool:
    return cell.startswith("'") and cell.lstrip("'").startswith(FORMULA)


def _without_guard(cell: str) -> str:
    return cell[1:] if _is_guarded(cell) else cell
