"""How long records are kept: after a number of years, as long as their request, or for ever."""

from dataclasses import dataclass
from enum import StrEnum


class Disposal(StrEnum):
    YEARS = "years"
    WITH_REQUEST = "with_request"
    NEVER = "never"


class CountedFrom(StrEnum):
    """From which event the years are counted."""

    LAST_ENTRY = "last_entry"
    REQUEST = "request"
    WRITTEN = "written"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Term:
    """`years` are given where they are counted, and only there."""

    disposal: Disposal
    years: int | None = None

    def is_at_least(self, least: "Term") -> bool:
        """Whether nothing is disposed of sooner than the law allows."""
        if self.disposal is Disposal.NEVER:
            return True
        if self.disposal is not least.disposal:
            return False
        return (self.years or 0) >= (least.years or 0)
