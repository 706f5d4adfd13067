from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from placements.domain.not_carried_out import Quarter, is_hidden, totals

days = st.dates(date(1999, 1, 1), date(2099, 1, 1))


@given(days)
def test_quarter_holds_its_day_and_borders_on_its_neighbours(day: date) -> None:
    quarter = Quarter.of(day)

    assert quarter.first <= day <= quarter.last
    assert Quarter.of(quarter.first - timedelta(days=1)) == quarter.back(1)
    assert Quarter.of(quarter.last + timedelta(days=1)).back(1) == quarter
    assert Quarter.read(str(quarter)) == quarter


@pytest.mark.parametrize("text", ["", "2026", "2026-5", "26-1", "2026-x", "0000-1", "٢٠٢٦-1"])
def test_quarter_is_read_strictly(text: str) -> None:
    with pytest.raises(ValueError, match=f"^{text}$"):
        Quarter.read(text)


counts = st.dictionaries(st.text(min_size=1), st.integers(0, 30), max_size=8)


@given(counts)
def test_total_says_no_more_than_the_cells(cells: dict[str, int]) -> None:
    """Whoever sees the cells can reckon the total, so it tells nothing of those hidden."""
    same_to_readers = {key: 1 if is_hidden(count) else count for key, count in cells.items()}

    assert totals(cells) == totals(same_to_readers)
    assert totals(cells)[0] <= sum(cells.values())


def test_total_of_shown_cells_is_exact() -> None:
    assert totals({"a": 5, "b": 0, "c": 12}) == (17, True)
    assert totals({"a": 4, "b": 7}) == (8, False)
