"""Documents that a check rests on: how many there may be."""

MOST = 10
"""On a check at once."""


class TooManyDocuments(Exception):
    """There is no room for another document on the check."""
