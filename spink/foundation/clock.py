"""The only clock of the system, so that tests, the demo and sample data can set it."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

STOCKHOLM = ZoneInfo("Europe/Stockholm")

_frozen_at: ContextVar[datetime | None] = ContextVar("frozen_at", default=None)


def now() -> datetime:
    return _frozen_at.get() or datetime.now(UTC)  # noqa: TID251 - the one place


def today() -> date:
    """The day in Sweden, where due times and decisions are counted."""
    return now().astimezone(STOCKHOLM).date()


def beginning_of(day: date) -> datetime:
    """Midnight in Sweden."""
    return datetime.combine(day, time.min, tzinfo=STOCKHOLM)


@contextmanager
def frozen(at: datetime) -> Iterator[None]:
    """Stand still at `at` (an aware time) within this context."""
    if at.tzinfo is None:
        raise ValueError("the clock is set to aware times only")
    token = _frozen_at.set(at)
    try:
        yield
    finally:
        _frozen_at.reset(token)
