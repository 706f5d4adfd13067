"""Somebody has read what is said on a request."""

from django.db import connection

from placements.domain.lifecycle import Side
from spink.foundation import clock


def note_reading(*, request_id: int, user_id: int, side: Side, read_to: int) -> None:
    """Keep the farthest that was shown: two tabs of one reader never take a mark back."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO placements_readmark AS mark (request_id, user_id, side, read_to, read_at)"
            " VALUES (%s, %s, %s, %s, %s) ON CONFLICT (request_id, user_id) DO UPDATE"
            " SET side = excluded.side, read_to = excluded.read_to, read_at = excluded.read_at"
            " WHERE mark.read_to < excluded.read_to",
            [request_id, user_id, side, read_to, clock.now()],
        )
