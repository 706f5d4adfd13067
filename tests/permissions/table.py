"""The table of what is expected, `expected.csv`, which is meant to be read by lawyers as well."""

import csv
from dataclasses import dataclass
from enum import StrEnum
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path

from tests.permissions.routes import Route

TABLE = Path(__file__).with_name("expected.csv")
ROLES_BEGIN = 6


class Cell(StrEnum):
    """What the table says of a role at a page, for a record within the role's own wall."""

    OPEN = "öppen"
    """Also for those who have not logged in."""
    MAY = "får"
    READS = "läser"
    """May read the page and send nothing."""
    REFUSED = "nej"
    """403, with a reason."""
    NOTHING = "–"
    """No such record lies within the own wall: 404."""


@dataclass(frozen=True)
class Line:
    path: str
    page: str
    methods: frozenset[str]
    kind: str
    """The record on which the cells are tried: plain (recommended), draft; empty for no record."""
    shows: tuple[str, ...]
    """Fields of the record that the page must show to whoever may read it."""
    logged: bool
    cells: dict[str, Cell]

    def covers(self, route: Route) -> bool:
        return fnmatchcase(route.path, self.path.replace("[", "[[]"))


@cache
def lines() -> list[Line]:
    """The first row says what the columns are in code, the second says it in Swedish."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file, delimiter=";"))
    head, _swedish, *body = rows
    return [_line(row, head[ROLES_BEGIN:]) for row in body]


def _line(row: list[str], variants: list[str]) -> Line:
    path, page, methods, kind, shows, logged, *cells = row
    return Line(
        path=path,
        page=page,
        methods=frozenset(methods.split()),
        kind=kind,
        shows=tuple(shows.split()),
        logged=logged == "ja",
        cells={name: Cell(cell) for name, cell in zip(variants, cells, strict=True)},
    )


def line_of(route: Route) -> Line:
    """The first line that covers the route. Raises LookupError for one that is not listed."""
    for line in lines():
        if line.covers(route):
            return line
    raise LookupError(f"{route.path} is not listed in {TABLE.name}")
