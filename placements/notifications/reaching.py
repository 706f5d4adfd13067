"""Whoever has left the unit, the team or the shift is told nothing more of its requests.

Asked when something is written, and once more when a mail is sent: a day may lie between.
"""

from collections.abc import Collection

from placements.queries import visible_requests
from spink.accounts import queries as accounts
from spink.accounts.models import User


def reached_by(user: User, request_ids: Collection[int]) -> set[int]:
    """Those of the requests that the user sees now; none for somebody inactive."""
    seen = visible_requests(accounts.reach_of_user(user)).filter(pk__in=request_ids)
    return set(seen.values_list("pk", flat=True))


def still_reaches(user: User, request_id: int) -> bool:
    return bool(reached_by(user, [request_id]))
