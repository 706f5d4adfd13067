from datetime import UTC, datetime, timedelta

import pytest

from providers.domain.freshness import is_fresh

NOW = datetime(2025, 3, 3, 8, tzinfo=UTC)


@pytest.mark.parametrize(
    ("age", "fresh"),
    [
        (timedelta(0), True),
        (timedelta(days=3), True),
        (timedelta(days=3, seconds=1), False),
    ],
)
def test_count_of_places_is_believed_for_three_days(age: timedelta, fresh: bool) -> None:
    assert is_fresh(NOW - age, now=NOW) is fresh
