"""What a stop would touch, told before it is decided by those who know requests.

The apps above register who tells; what is told of requests that the reader does not see are counts.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from providers.domain.register import Register
from spink.accounts.access_log import Reading
from spink.accounts.domain.reach import Reach


@dataclass(frozen=True, slots=True)
class Counts:
    """Touched open requests, each in one of the first three by how far it has come; `without` are
    those of them that have no other unit that fits."""

    matched: int = 0
    asked: int = 0
    recommended: int = 0
    without: int = 0

    @property
    def touched(self) -> int:
        return self.matched + self.asked + self.recommended


@dataclass(frozen=True, slots=True)
class Place:
    municipality: str
    department: str
    service: str
    """Its code."""


class Stage(StrEnum):
    """How far a touched request has come with the units that it loses."""

    MATCHED = "matched"
    ASKED = "asked"
    RECOMMENDED = "recommended"


@dataclass(frozen=True, slots=True)
class OwnCase:
    """A touched request that the reader sees: what it loses, and what comes instead."""

    reference: str
    service: str
    """Its code."""
    wanted_start: date
    stage: Stage
    units: list[str]
    alternative: str
    """A unit's code, empty for none."""
    form: str


@dataclass(frozen=True, slots=True)
class StopEffects:
    """Counts of one to below `least` are told as few; it is 0 for one who sees all of them.

    `instead` tells by service on which rungs the next best units stand, and for how many.
    """

    least: int
    by_place: Mapping[Place, Counts]
    instead: Mapping[str, Mapping[str, int]]
    own: list[OwnCase]
    has_more_own: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """A stop that is not there yet. `units` are those that it would reach, as they are now."""

    kind: str
    first: date
    last: date | None
    units: Register


@dataclass(frozen=True, slots=True)
class StopTeller:
    effects: Callable[[Asked, Reach, Reading], StopEffects]
    own: Callable[[Asked, Reach], list[OwnCase]]
    address: Callable[[str], str]
    """Of a request's page, by its reference."""


_tellers: list[StopTeller] = []


def register_stop_teller(teller: StopTeller) -> None:
    """Called from a ready()."""
    _tellers[:] = [teller]


def stop_teller() -> StopTeller | None:
    return _tellers[0] if _tellers else None
