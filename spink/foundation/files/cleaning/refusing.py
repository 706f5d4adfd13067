"""Why a file is not given out."""

from enum import StrEnum


class Refusal(StrEnum):
    INFECTED = "infected"
    LOCKED = "locked"
    MACROS = "macros"
    ACTIVE = "active"
    """It holds other files, runs something or fetches something, so that it cannot be cleaned."""
    UNREADABLE = "unreadable"
    UNFOLDS = "unfolds"
    """Small as it lies, and without end when it is opened."""


class Refused(Exception):
    def __init__(self, reason: Refusal) -> None:
        super().__init__(reason)
        self.reason = reason
