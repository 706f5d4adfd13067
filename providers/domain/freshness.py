from datetime import datetime, timedelta

BELIEVED_FOR = timedelta(days=3)


def is_fresh(confirmed_at: datetime, *, now: datetime) -> bool:
    """Whether a count of places is still taken as it stands; an older one is shown as uncertain.

    The same on the register's pages and where a unit is recommended.
    """
    return now - confirmed_at <= BELIEVED_FOR
