"""The excluded units of an outcome, chosen by reason, those nearest to fitting first."""

from collections.abc import Collection
from typing import Final

import numpy as np

from placements.matching.criteria import CRITERIA
from placements.matching.outcome import Outcome
from placements.matching.reasons import Reason
from providers.domain.register.columns import Column

_PLACE: Final = {reason: place for place, (reason, _) in enumerate(CRITERIA)}
_LAST: Final = 99
"""Where units of another service stand: nothing else was asked of them."""


def excluded_rows(
    outcome: Outcome,
    *,
    reason: Reason | None = None,
    near: bool = False,
    among: Collection[str] | None = None,
) -> Column:
    """Rows of the register: near misses first, then by the number of reasons, then by id.

    `near` leaves the near misses alone, `among` the units with these ids.
    """
    reasons, is_of_service = _by_register_row(outcome)
    is_near = np.zeros_like(is_of_service)
    is_near[outcome.offering.rows[outcome.near]] = True
    left = is_near if near else ~is_of_service | (reasons != 0)
    if reason is Reason.WRONG_SERVICE:
        left = left & ~is_of_service
    elif reason is not None:
        left = left & ((reasons >> _PLACE[reason] & 1) != 0)
    if among is not None:
        left = left & _is_named(outcome, among)
    rows = np.flatnonzero(left)
    count = np.where(is_of_service[rows], np.bitwise_count(reasons[rows]), _LAST)
    ordered: Column = rows[np.lexsort((rows, count, ~is_near[rows]))]
    return ordered


def row_of_service(outcome: Outcome, row: int) -> int | None:
    """The row in the offering of a register's row; None for a unit of another service."""
    rows = outcome.offering.rows
    found = int(np.searchsorted(rows, row))
    return found if found < len(rows) and rows[found] == row else None


def _by_register_row(outcome: Outcome) -> tuple[Column, Column]:
    reasons = np.zeros(len(outcome.register.ids), np.uint32)
    is_of_service = np.zeros(len(reasons), np.bool_)
    reasons[outcome.offering.rows] = outcome.reasons
    is_of_service[outcome.offering.rows] = True
    return reasons, is_of_service


def _is_named(outcome: Outcome, ids: Collection[str]) -> Column:
    named = np.zeros(len(outcome.register.ids), np.bool_)
    rows = [outcome.register.row_of(unit_id) for unit_id in ids]
    named[[row for row in rows if row is not None]] = True
    return named
