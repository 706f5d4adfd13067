"""Decisions that are not carried out within three months, and the quarters in which they stand.

Source: the law asks each municipality to report every quarter which decisions are not carried out
within three months of the day when they were made. One stands in every quarter from then on, until
a placement is reported chosen or the decision itself has come to an end.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

MONTHS_A_QUARTER: Final = 3
ENDED_BY_CLOSING: Final = frozenset({"decision_revoked", "need_changed", "solved_otherwise"})
"""Coded reasons for which none was chosen that end the decision itself."""
ENDED_BY_WITHDRAWING: Final = frozenset(
    {"deceased", "double", "filed_by_mistake", "need_changed", "solved_otherwise"}
)
DECISION_ENDED: Final = "decision_ended"
"""The reason by which the unit says itself that the decision holds no more."""
NO_REASON: Final = ""
SMALLEST_SHOWN: Final = 5
"""Fewer persons than this in a department could be known again; our reading, not the law's."""


@dataclass(frozen=True, slots=True, order=True)
class Quarter:
    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> "Quarter":
        return cls(day.year, (day.month - 1) // MONTHS_A_QUARTER + 1)

    @classmethod
    def read(cls, text: str) -> "Quarter":
        """From its text, as 2026-3. Raises ValueError."""
        year, dash, number = text.partition("-")
        known = dash and text.isascii() and year.isdigit() and len(year) == len("2026")
        if not known or number not in {"1", "2", "3", "4"} or int(year) == 0:
            raise ValueError(text)
        return cls(int(year), int(number))

    @property
    def first(self) -> date:
        return date(self.year, (self.number - 1) * MONTHS_A_QUARTER + 1, 1)

    @property
    def last(self) -> date:
        begins = self.number * MONTHS_A_QUARTER + 1
        after = date(self.year + begins // 12, begins % 12, 1) if begins > 12 else None
        return (after or date(self.year, begins, 1)) - timedelta(days=1)

    def back(self, quarters: int) -> "Quarter":
        index = self.year * 4 + self.number - 1 - quarters
        return Quarter(index // 4, index % 4 + 1)

    def __str__(self) -> str:
        return f"{self.year}-{self.number}"


def totals(cells: Mapping[str, int]) -> tuple[int, bool]:
    """The least that published cells add up to, and whether that is all of it.

    A hidden cell counts as one person: the total says nothing that the cells do not.
    """
    hidden = [count for count in cells.values() if is_hidden(count)]
    shown = sum(count for count in cells.values() if not is_hidden(count))
    return shown + len(hidden), not hidden


def is_hidden(count: int) -> bool:
    return 0 < count < SMALLEST_SHOWN
