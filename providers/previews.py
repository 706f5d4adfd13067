"""What a change of the register would do, told before it is saved by those who know.

The change is made in a savepoint and taken back: whatever can be done can be previewed. The apps
above register a previewer, which is given the register before and with the change.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from providers.domain.register import Register
from providers.queries import current_register
from providers.queries.loading import changed_codes, position
from spink.accounts.access_log import Reading
from spink.accounts.domain.reach import Reach
from spink.foundation import audit

UNITS_NAMED = 20


@dataclass(frozen=True, slots=True)
class UnitEffect:
    """For how many open requests the unit becomes a choice, is none any more, or changes rung."""

    code: str
    gained: int
    lost: int
    moved: int
    why: list[tuple[str, int]]
    """The codes of the match's reasons for which it is lost, each with its number."""


@dataclass(frozen=True, slots=True)
class Effects:
    """Counts of open requests; which they are is told to those alone who may see them.

    `left_without` have no choice left, `rescued` had none. `recommended` are touched requests to
    which a unit that they lose has been recommended already. `by_service` counts those touched by
    the code of the service. Counts of one to below `least` are told only as being few; `least` is
    0 for whoever sees all the requests. `touches_more`: `touched` is the least that it can be.
    """

    least: int
    compared: int
    touched: int
    touches_more: bool
    left_without: int
    rescued: int
    recommended: int
    units: list[UnitEffect]
    by_service: list[tuple[str, int]]
    references: list[str]
    """Of touched requests that the reader sees."""


@dataclass(frozen=True, slots=True)
class Change:
    """`codes` are of the units that the change touches."""

    before: Register
    after: Register
    codes: frozenset[str]


@dataclass(frozen=True, slots=True)
class Previewer:
    """`effects` is given the change, and how far and why the reader sees."""

    effects: Callable[[Change, Reach, Reading], Effects]
    reason_word: Callable[[str], str]
    address: Callable[[str], str]
    """Of a request's page, by its reference."""


_previewers: list[Previewer] = []


def register_previewer(previewer: Previewer) -> None:
    """Called from a ready()."""
    _previewers[:] = [previewer]


def previewer() -> Previewer | None:
    return _previewers[0] if _previewers else None


def effects_of(
    change: Callable[[], Any], *, part: str, reach: Reach, reading: Reading
) -> Effects | None:
    """Make the change, take it back, and tell what it does; None where nobody is there to tell.

    What is told of requests that the reader does not see is in the audit trail.
    Raises what the change raises.
    """
    before, start = current_register(), position().change
    with transaction.atomic():
        change()
        made = Change(before, current_register(), changed_codes(start))
        transaction.set_rollback(True)
    asked = previewer()
    if asked is None:
        return None
    effects = asked.effects(made, reach, reading)
    if effects.least:
        _record(part, made, reading)
    return effects


def _record(part: str, made: Change, reading: Reading) -> None:
    audit.record(
        action="change_previewed",
        by=reading.by,
        subject="register_preview",
        subject_id=part,
        details={"units": sorted(made.codes)[:UNITS_NAMED]},
    )
