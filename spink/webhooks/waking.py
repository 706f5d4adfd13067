"""Whoever sends is told that there is something to send, after the commit. What gets lost on the
way, the clock's next round finds."""

import logging
from collections.abc import Callable

from django.db import transaction

logger = logging.getLogger(__name__)
Waker = Callable[[], None]
_wakers: list[Waker] = []


def wakes(waker: Waker) -> Waker:
    """Name the one who is told."""
    _wakers[:] = [waker]
    return waker


def wake() -> None:
    transaction.on_commit(_tell)


def _tell() -> None:
    for waker in _wakers:
        try:
            waker()
        except Exception as error:
            logger.warning("webhooks: nobody was woken", extra={"error": type(error).__name__})
