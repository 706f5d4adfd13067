import threading
from datetime import UTC, date, datetime, timedelta

import pytest

from spink.foundation import clock

LATE_EVENING = datetime(2025, 3, 3, 23, 30, tzinfo=UTC)


def test_now_is_aware_and_moves_on() -> None:
    first = clock.now()

    assert first.tzinfo is UTC
    assert timedelta(0) <= clock.now() - first < timedelta(minutes=1)


def test_today_late_in_the_evening_utc_is_tomorrow_in_sweden() -> None:
    with clock.frozen(LATE_EVENING):
        assert clock.today() == date(2025, 3, 4)


def test_today_in_summer_is_two_hours_ahead_of_utc() -> None:
    with clock.frozen(datetime(2025, 7, 1, 22, 0, tzinfo=UTC)):
        assert clock.today() == date(2025, 7, 2)


def test_frozen_clock_within_another_comes_back_to_the_outer() -> None:
    later = LATE_EVENING + timedelta(days=1)
    with clock.frozen(LATE_EVENING):
        with clock.frozen(later):
            assert clock.now() == later
        assert clock.now() == LATE_EVENING


def test_frozen_clock_left_by_an_error_moves_again() -> None:
    with pytest.raises(RuntimeError, match="inside"), clock.frozen(LATE_EVENING):
        raise RuntimeError("inside")

    assert clock.now() != LATE_EVENING


def test_frozen_clock_of_a_naive_time_is_refused() -> None:
    naive = LATE_EVENING.replace(tzinfo=None)

    with pytest.raises(ValueError, match="aware"), clock.frozen(naive):
        pass


def test_frozen_clock_of_one_thread_leaves_the_others_alone() -> None:
    seen: list[datetime] = []
    with clock.frozen(LATE_EVENING):
        thread = threading.Thread(target=lambda: seen.append(clock.now()))
        thread.start()
        thread.join()

    assert len(seen) == 1
    assert seen != [LATE_EVENING]
