"""When a message that did not arrive is sent again: later and later, for about three days."""

from datetime import timedelta
from typing import Final
from uuid import UUID

WAITS: Final = (
    timedelta(seconds=5),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=5),
    timedelta(hours=10),
    timedelta(hours=14),
    timedelta(hours=20),
    timedelta(hours=24),
)
"""As Standard Webhooks has it."""
MOST_ATTEMPTS: Final = len(WAITS) + 1
MOST_SPREAD: Final = 0.1
"""So much longer at most: what failed together does not come back together."""
LONGEST_ASKED: Final = timedelta(hours=6)
"""A receiver may ask for a longer wait than ours, but no longer than this."""


def wait_after(attempts: int, *, message: UUID, asked: timedelta = timedelta()) -> timedelta | None:
    """How long after so many attempts the next one is made; None: there is none."""
    if attempts >= MOST_ATTEMPTS:
        return None
    wait = WAITS[attempts - 1]
    spread = (message.int + attempts) % 1009 / 1008 * MOST_SPREAD
    return max(wait * (1 + spread), min(asked, LONGEST_ASKED))
