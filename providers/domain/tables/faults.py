"""What is wrong with a file of tables: the sheet, the line, the column and the reason."""

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class TableFault:
    """Line 0: the sheet as a whole; no sheet: the file."""

    reason: str
    sheet: str = ""
    line: int = 0
    heading: str = ""


class Unreadable(ValueError):
    """A file that is no table at all."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Row:
    """`cells` as they were written, by heading."""

    line: int
    cells: dict[str, object]


@dataclass(frozen=True, slots=True)
class Table:
    slug: str
    rows: list[Row]


MOST_ROWS = 50_000
MOST_COLUMNS = 100
LONGEST_CELL = 10_000
MOST_TEXT = 10_000_000
"""In all cells together: a workbook keeps a text once, however many cells show it."""
MOST_FAULTS = 1_000
LONGEST_REASON = 300
MORE_FAULTS = TableFault("there are more faults than these")


def listed_faults(faults: list[TableFault]) -> list[TableFault]:
    """As many as somebody can correct at a time, by line, each in a sentence."""
    listed = sorted(faults, key=lambda one: one.line)[:MOST_FAULTS]
    short = [replace(one, reason=one.reason[:LONGEST_REASON]) for one in listed]
    return short if len(listed) == len(faults) else [MORE_FAULTS, *short]
