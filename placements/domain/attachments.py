"""Documents on a request: how many there may be."""

from collections.abc import Collection

MOST = 20
"""Documents on a request at once; the database holds them to it as well."""
MOST_EVER = 60
"""With those that were withdrawn, which are kept, and those that were refused."""


class TooManyAttachments(Exception):
    """There is no room for another document on the request."""


def free_place(taken: Collection[int], *, ever: int) -> int:
    """The first place that no document has. Raises TooManyAttachments."""
    if ever >= MOST_EVER:
        raise TooManyAttachments
    for place in range(1, MOST + 1):
        if place not in taken:
            return place
    raise TooManyAttachments
