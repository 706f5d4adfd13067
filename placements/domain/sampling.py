"""Samples of a month that is over, drawn by a seed that is kept, so that they are drawn again."""

import secrets
from collections.abc import Iterable
from datetime import date, timedelta
from hashlib import sha256


class MonthNotOver(Exception):
    pass


def month_after(month: date) -> date:
    return (month.replace(day=28) + timedelta(days=4)).replace(day=1)


def end_of_past_month(month: date, *, today: date) -> date:
    """The first day after it. Raises MonthNotOver."""
    following = month_after(month)
    if following > today:
        raise MonthNotOver
    return following


def past_months(today: date, count: int) -> list[date]:
    """By their first days, the latest first."""
    found, first = [], today.replace(day=1)
    for _number in range(count):
        first = (first - timedelta(days=1)).replace(day=1)
        found.append(first)
    return found


def new_seed() -> str:
    return secrets.token_hex(16)


def drawn(names: Iterable[str], *, seed: str, size: int) -> list[str]:
    """Those whose names, hashed with the seed, come first."""
    return sorted(names, key=lambda name: sha256(f"{seed}{name}".encode()).digest())[:size]
