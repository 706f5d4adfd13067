"""When a placement counts as made out of hours."""

from datetime import datetime, timedelta
from typing import Final

from placements.domain.working_time import Office

REGISTERED_WITHIN: Final = timedelta(days=7)
A_MOMENT: Final = timedelta(minutes=5)
"""So far may the clocks of two machines differ."""


class NotOutOfHours(Exception):
    """`code` says why: `in_the_future`, `too_long_ago`, `office_was_open`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def check_out_of_hours(placed_at: datetime, *, now: datetime, office: Office) -> None:
    """The ordinary order is for office hours: what was done then is not registered this way."""
    if placed_at > now + A_MOMENT:
        raise NotOutOfHours("in_the_future")
    if placed_at < now - REGISTERED_WITHIN:
        raise NotOutOfHours("too_long_ago")
    if office.is_open(placed_at):
        raise NotOutOfHours("office_was_open")
