"""Files that others hand over: IVO's lists, the enforcement authority's extracts, credit files.

The newest file of a folder, or what lies at an address; CSV with a heading, or JSON. A row belongs
to the organisation number that it names, and one number may have many rows. What the columns are
called is told in the settings where they are not called as here.
"""

import json
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Final

from providers.domain.control.facts import (
    KINDS,
    Answer,
    Fact,
    Happening,
    Problem,
    Subject,
    Value,
)
from providers.domain.tables.csv_file import csv_rows
from providers.domain.tables.faults import Unreadable
from providers.monitoring.source import NotAnswered
from providers.monitoring.web import Bounds, fetched
from spink.foundation.identity_numbers import NotAnIdentityNumber, organisation_number

NUMBER: Final = "organisationsnummer"
COLUMNS: Final[dict[str, Fact]] = {
    "namn": Fact.NAME,
    "avregistrerad": Fact.DEREGISTERED,
    "f-skatt": Fact.F_TAX,
    "arbetsgivare": Fact.EMPLOYER,
    "skuld": Fact.DEBTS,
    "kreditbetyg": Fact.CREDIT_RATING,
    "tillstånd": Fact.PERMITS,
}
HAPPENED: Final = ("id", "rubrik", "datum", "länk")
"""Columns of a row that tells of a decision; all that the row says besides its number."""
YES: Final = frozenset({"ja", "j", "1", "true", "sant"})
NO: Final = frozenset({"nej", "n", "0", "false", "falskt"})
SECONDS_KEPT: Final = 600.0
SECONDS_UNTIL_WHOLE: Final = 2.0
"""A file that was written to just now may not be whole."""
DAY: Final = 24 * 3600.0


@dataclass(frozen=True, slots=True)
class Handed:
    """Where files come from, and what may be believed of them.

    `complete` are the facts of which the file knows everybody who has any: whoever is not in it has
    no permits and no debts. A file with fewer organisations than `at_least` is not believed.
    """

    folder: str = ""
    url: str = ""
    columns: tuple[tuple[str, Fact], ...] = ()
    complete: frozenset[Fact] = frozenset()
    at_least: int = 1
    days: int = 45


@dataclass(slots=True)
class _Told:
    facts: dict[Fact, Value] = field(default_factory=dict)
    happenings: list[Happening] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Read:
    stamp: tuple[Any, ...]
    at: float
    told: Mapping[str, _Told]


class Files:
    def __init__(self, handed: Handed, bounds: Bounds) -> None:
        self._handed = handed
        self._bounds = bounds
        self._columns = COLUMNS | dict(handed.columns)
        self._read: _Read | None = None

    def ask(self, subject: Subject) -> Answer:
        told = self._current().get(subject.number, _Told())
        lacking = self._handed.complete - told.facts.keys()
        none = {fact: _none(fact) for fact in lacking}
        return Answer({**told.facts, **none}, tuple(told.happenings))

    def _current(self) -> Mapping[str, _Told]:
        """Read again when there is a newer file, or the address was asked long ago."""
        path = self._newest() if self._handed.folder else None
        stamp = (path, path.stat().st_mtime_ns) if path else (self._handed.url,)
        read = self._read
        if read is None or read.stamp != stamp or (path is None and _is_stale(read)):
            content = _content(path, self._bounds) if path else fetched(*self._at_address())
            read = self._read = _Read(stamp, time.monotonic(), self._told(content))
        return read.told

    def _at_address(self) -> tuple[str, Bounds]:
        return self._handed.url, self._bounds

    def _newest(self) -> Path:
        now = time.time()
        try:
            found = [(path.stat().st_mtime, path) for path in Path(self._handed.folder).iterdir()]
        except OSError:
            raise NotAnswered(Problem.MISSING) from None
        whole = [
            (at, path)
            for at, path in found
            if path.suffix.lower() in (".csv", ".json")
            and not path.name.startswith(".")
            and now - at >= SECONDS_UNTIL_WHOLE
        ]
        if not whole:
            raise NotAnswered(Problem.MISSING)
        at, path = max(whole)
        if now - at > self._handed.days * DAY:
            raise NotAnswered(Problem.OLD)
        return path

    def _told(self, content: bytes) -> Mapping[str, _Told]:
        told: dict[str, _Told] = {}
        try:
            for row in _rows(content):
                self._take(row, told)
        except (Unreadable, NotAnIdentityNumber, KeyError, TypeError, ValueError, RecursionError):
            raise NotAnswered(Problem.MALFORMED) from None
        if len(told) < self._handed.at_least:
            raise NotAnswered(Problem.TOO_FEW)
        return told

    def _take(self, row: Mapping[str, str], told: dict[str, _Told]) -> None:
        own = told.setdefault(organisation_number(row[NUMBER], sole_trader=True), _Told())
        for column, fact in self._columns.items():
            if text := row.get(column, ""):
                own.facts[fact] = _joined(own.facts.get(fact), _value(fact, text))
        if row.get("rubrik"):
            own.happenings.append(_happening(row))


def _is_stale(read: _Read) -> bool:
    return time.monotonic() - read.at > SECONDS_KEPT


def _content(path: Path, bounds: Bounds) -> bytes:
    try:
        if path.stat().st_size > bounds.bytes:
            raise NotAnswered(Problem.TOO_LARGE)
        return path.read_bytes()
    except OSError:
        raise NotAnswered(Problem.MISSING) from None


def _rows(content: bytes) -> Iterable[Mapping[str, str]]:
    """Each row by the names of its columns, in small letters."""
    if content.lstrip()[:1] in (b"[", b"{"):
        return _rows_of_json(json.loads(content))
    lines = [cells for _, cells in csv_rows(content) if any(cell.strip() for cell in cells)]
    names = [name.strip().lower() for name in lines[0]] if lines else []
    if NUMBER not in names:
        raise Unreadable("no column is named for the number")
    if any(len(cells) != len(names) for cells in lines[1:]):
        raise Unreadable("a row has other columns than the heading")
    return [dict(zip(names, (cell.strip() for cell in cells), strict=True)) for cells in lines[1:]]


def _rows_of_json(document: Any) -> list[dict[str, str]]:
    """A list of objects; a list within one is as many rows."""
    if not isinstance(document, list):
        raise Unreadable("a list is expected")
    rows = []
    for entry in document:
        own = {str(name).lower(): value for name, value in dict(entry).items()}
        number = str(own.pop(NUMBER))
        for name, value in own.items():
            values = value if isinstance(value, list) else [value]
            rows += [{NUMBER: number, **_cells(name, one)} for one in values]
        rows.append({NUMBER: number})
    return rows


def _cells(name: str, value: Any) -> dict[str, str]:
    """An object is a row of its own: a decision with title, day and address."""
    if isinstance(value, dict):
        return {str(key).lower(): _text(one) for key, one in value.items()}
    return {name: _text(value)}


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "ja" if value else "nej"
    return "" if value is None else str(value).strip()


def _value(fact: Fact, text: str) -> Value:
    """Raises ValueError for what is no value of the fact's kind."""
    kind = KINDS[fact]
    if kind is bool:
        if text.lower() not in YES | NO:
            raise ValueError("neither yes nor no")
        return text.lower() in YES
    if kind is int:
        return int(text.replace("\xa0", "").replace(" ", "").partition(",")[0])
    if kind is tuple:
        return (text,)
    return date.fromisoformat(text).isoformat() if fact is Fact.DEREGISTERED else text


def _joined(before: Value | None, value: Value) -> Value:
    """Several rows of one number: what can be counted up is, else the last one says it."""
    if isinstance(before, tuple) and isinstance(value, tuple):
        return tuple(sorted({*before, *value}))
    if isinstance(before, int) and isinstance(value, int) and not isinstance(value, bool):
        return before + value
    return value


def _none(fact: Fact) -> Value:
    empty: Value = KINDS[fact]()
    return empty


def _happening(row: Mapping[str, str]) -> Happening:
    key, title, day, link = (row.get(name, "") for name in HAPPENED)
    day = date.fromisoformat(day).isoformat() if day else ""
    return Happening(Fact.INSPECTION, key or f"{day} {title}", title[:300], safe_link(link), day)


def safe_link(link: str) -> str:
    """Of what others wrote, an address that may be followed from a page."""
    return link[:500] if link.startswith(("https://", "http://")) else ""
