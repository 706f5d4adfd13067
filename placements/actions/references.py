from django.db import connection

from spink.foundation import clock


def next_reference() -> str:
    """The next reference number, as 2026-01243: unique by the counter's row lock, without gaps."""
    year = clock.today().year
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO placements_referencecounter AS counter (year, last) VALUES (%s, 1)"
            " ON CONFLICT (year) DO UPDATE SET last = counter.last + 1 RETURNING last",
            [year],
        )
        (last,) = cursor.fetchone()
    return f"{year}-{last:05}"
