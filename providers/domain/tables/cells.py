"""What people write in cells, as values of a register file, and back.

A reader only translates. What it cannot translate it passes on as it was written, and whoever
reads the register file says what is wrong with it.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, Final
from zoneinfo import ZoneInfo

STOCKHOLM: Final = ZoneInfo("Europe/Stockholm")
MONTHS: Final = ("jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
YES: Final = frozenset(("ja", "j", "x", "1", "true", "sant"))
NO: Final = frozenset(("nej", "n", "0", "false", "falskt"))

_SPACES: Final = re.compile(r"[\s\u00a0\u202f]+")
_YEAR_FIRST: Final = re.compile(r"(\d{4})[-/.]?(\d{1,2})[-/.]?(\d{1,2})", re.ASCII)
_DAY_FIRST: Final = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})", re.ASCII)
_IN_WORDS: Final = re.compile(r"(?:den )?(\d{1,2})\.? ([a-z]{3})[a-zåäö]*\.? (\d{4})")
_NUMBER: Final = re.compile(r"-?\d+([.,]\d+)?", re.ASCII)
_TIME: Final = re.compile(r"(.+?)(?:[ T]|\s+kl\.?\s*)(\d{1,2})[:.](\d{2})(?::\d{2})?")

Names = Mapping[str, str]
"""What is written, by code."""
Read = Callable[[Any], Any]
Write = Callable[[Any], str]


@dataclass(frozen=True, slots=True)
class Kind:
    """How a column's cells are read and written."""

    read: Read
    write: Write


def text(cell: Any) -> str | None:
    """None for an empty cell. A figure that a spreadsheet keeps as a number is its figures."""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    if isinstance(cell, datetime | date):
        cell = written_day(cell)
    return str(cell).strip() or None if cell is not None else None


def number(cell: Any) -> Any:
    """A decimal comma, spaces between thousands, kr after it."""
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return int(cell) if float(cell).is_integer() else cell
    written = text(cell)
    if written is None:
        return None
    bare = _SPACES.sub("", written).lower().removesuffix(":-").removesuffix("kr")
    if not _NUMBER.fullmatch(bare):
        return written
    return float(bare.replace(",", ".")) if {",", "."} & set(bare) else int(bare)


def day(cell: Any) -> str | None:
    """ISO, a spreadsheet's own date, and the ways in which Swedes write one."""
    if isinstance(cell, datetime):
        cell = cell.date()
    if isinstance(cell, date):
        return cell.isoformat()
    written = text(cell)
    return None if written is None else _iso(written) or written


def _iso(written: str) -> str | None:
    bare = _SPACES.sub(" ", written.lower())
    if found := _YEAR_FIRST.fullmatch(bare):
        return _existing(*found.groups())
    if found := _DAY_FIRST.fullmatch(bare):
        return _existing(*reversed(found.groups()))
    if (found := _IN_WORDS.fullmatch(bare)) and found[2] in MONTHS:
        return _existing(found[3], str(MONTHS.index(found[2]) + 1), found[1])
    return None


def _existing(year: str, month: str, in_month: str) -> str | None:
    try:
        return date(int(year), int(month), int(in_month)).isoformat()
    except ValueError:
        return None


def moment(cell: Any) -> str | None:
    """Swedish time, unless an offset is written."""
    if isinstance(cell, datetime):
        return cell.replace(tzinfo=STOCKHOLM).isoformat()
    written = text(cell)
    if written is None:
        return None
    found = _TIME.fullmatch(written)
    iso = _iso(found[1]) if found else None
    if not found or iso is None or int(found[2]) > 23 or int(found[3]) > 59:
        return written
    at = datetime.combine(date.fromisoformat(iso), time(int(found[2]), int(found[3])))
    return at.replace(tzinfo=STOCKHOLM).isoformat()


def truth(cell: Any) -> Any:
    if isinstance(cell, bool):
        return cell
    written = text(cell)
    folded = (written or "").casefold()
    return True if folded in YES else False if folded in NO else written


def written_day(value: Any) -> str:
    return value.date().isoformat() if isinstance(value, datetime) else str(value)


def _written_moment(value: Any) -> str:
    return datetime.fromisoformat(str(value)).astimezone(STOCKHOLM).strftime("%Y-%m-%d %H:%M")


def _written_number(value: Any) -> str:
    return f"{value:.15g}".replace(".", ",") if isinstance(value, float) else str(value)


TEXT: Final = Kind(text, str)
NUMBER: Final = Kind(number, _written_number)
DAY: Final = Kind(day, written_day)
MOMENT: Final = Kind(moment, _written_moment)
TRUTH: Final = Kind(truth, lambda value: "ja" if value else "nej")


def listed(one: Kind) -> Kind:
    """Several in a cell, with semicolons or on lines of their own."""

    def read(cell: Any) -> list[Any]:
        parts = re.split(r"[;\n]", text(cell) or "")
        return [one.read(part) for part in parts if part.strip()]

    return Kind(read, lambda values: "; ".join(one.write(value) for value in values))


def named(names: Names) -> Kind:
    """A code, written as its name; either is read, capitals or not."""
    codes = {name.casefold(): code for code, name in names.items()}
    codes |= {code.casefold(): code for code in names}

    def read(cell: Any) -> str | None:
        written = text(cell)
        return None if written is None else codes.get(written.casefold(), written)

    return Kind(read, lambda code: names.get(code, code))
