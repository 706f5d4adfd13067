"""What an answer of a self-check counts for, and when a share of so few says anything."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

SMALLEST_FOR_A_SHARE: Final = 10
"""Of fewer answers one alone moves the share by more than a tenth: they are counted instead."""


@dataclass(frozen=True, slots=True)
class Tally:
    yes: int = 0
    no: int = 0
    not_applicable: int = 0

    @property
    def judged(self) -> int:
        return self.yes + self.no

    @property
    def share(self) -> float | None:
        """Of those that the question applied to; None where they are too few for a share."""
        return self.yes / self.judged if self.judged >= SMALLEST_FOR_A_SHARE else None

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(
            self.yes + other.yes,
            self.no + other.no,
            self.not_applicable + other.not_applicable,
        )


def may_check(user_id: int | None, handlers: Collection[int]) -> bool:
    """Never one who has handled the request."""
    return user_id is not None and user_id not in handlers
