"""One courier at a time sends what is due, many at once: a slow receiver takes a thread, not a
worker, and no other job waits for it."""

import time
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from typing import Final

from django.db import connection

from spink.webhooks.sending.claiming import claimed, settle
from spink.webhooks.sending.posting import Letter, Outcome, post

AT_ONCE: Final = 20
SECONDS_BETWEEN: Final = 0.5
"""Until it looks again for what has become due while others are on their way."""
_LOCK: Final = 7_316_500_241
"""A number of its own among the advisory locks of the database."""


def carry(*, seconds: float) -> int:
    """Send until nothing is due; no more is begun when the time is up. How many were tried; none
    where somebody else is at it already."""
    with _alone() as is_alone:
        return _carry(time.monotonic() + seconds) if is_alone else 0


def _carry(deadline: float) -> int:
    tried = 0
    on_their_way: dict[Future[Outcome], Letter] = {}
    with ThreadPoolExecutor(AT_ONCE, thread_name_prefix="webhooks") as threads:
        while True:
            if time.monotonic() < deadline:
                for letter in claimed(AT_ONCE - len(on_their_way)):
                    on_their_way[threads.submit(post, letter)] = letter
                    tried += 1
            if not on_their_way:
                return tried
            arrived, _ = wait(on_their_way, SECONDS_BETWEEN, return_when=FIRST_COMPLETED)
            for future in arrived:
                settle(on_their_way.pop(future), future.result())


@contextmanager
def _alone() -> Iterator[bool]:
    """A lock that lives as long as the connection: whoever dies leaves the work to the next."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [_LOCK])
        is_alone = bool(cursor.fetchone()[0])
    try:
        yield is_alone
    finally:
        if is_alone:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [_LOCK])
