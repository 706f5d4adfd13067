from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from placements.domain.sampling import (
    MonthNotOver,
    drawn,
    end_of_past_month,
    month_after,
    past_months,
)
from placements.domain.self_checks import SMALLEST_FOR_A_SHARE, Tally, may_check

NAMES = st.lists(st.from_regex(r"2025-[0-9]{5}", fullmatch=True), unique=True)
DAYS = st.dates(date(2000, 1, 1), date(2100, 1, 1))


@given(NAMES, st.text(), st.integers(1, 30), st.randoms())
def test_sample_is_the_same_in_whatever_order_it_is_drawn_from(
    names: list[str], seed: str, size: int, shuffling: object
) -> None:
    found = drawn(names, seed=seed, size=size)
    shuffled = [*names]
    shuffling.shuffle(shuffled)  # type: ignore[attr-defined]
    assert drawn(shuffled, seed=seed, size=size) == found
    assert len(found) == len(set(found) & set(names)) == min(size, len(names))


@given(DAYS)
def test_past_months_are_over_and_the_running_one_is_not(today: date) -> None:
    months = past_months(today, 12)
    assert [month.day for month in months] == [1] * 12
    assert [month_after(month) for month in months[1:]] == months[:-1]
    assert end_of_past_month(months[0], today=today) == today.replace(day=1)
    with pytest.raises(MonthNotOver):
        end_of_past_month(today.replace(day=1), today=today)


@pytest.mark.parametrize(
    ("tally", "share"),
    [
        (Tally(yes=9, no=1), 0.9),
        (Tally(yes=9, no=0, not_applicable=5), None),
        (Tally(no=10), 0.0),
        (Tally(not_applicable=20), None),
    ],
)
def test_share_is_of_those_that_the_question_applied_to_and_never_of_a_few(
    tally: Tally, share: float | None
) -> None:
    assert tally.share == share
    assert SMALLEST_FOR_A_SHARE == 10


def test_tallies_add_up() -> None:
    assert Tally(1, 2, 3) + Tally(4, 5, 6) == Tally(5, 7, 9)


@pytest.mark.parametrize(("user_id", "may"), [(1, True), (2, False), (3, False), (None, False)])
def test_nobody_checks_the_own_handling_nor_does_the_system(user_id: int | None, may: bool) -> None:
    assert may_check(user_id, [2, 3]) is may
