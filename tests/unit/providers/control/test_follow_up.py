from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from providers.domain.control.follow_up import (
    EARLIEST,
    LATEST,
    Period,
    half_year_before,
    told_reasons,
)
from spink.foundation.bad_input import BadInput

DAYS = st.dates(date(1990, 1, 1), date(3010, 1, 1))


@given(DAYS, DAYS)
def test_period_is_any_two_days_in_order_within_reason(first: date, last: date) -> None:
    if EARLIEST <= first <= last <= LATEST:
        assert Period(first, last).last == last
        return
    with pytest.raises(BadInput) as error:
        Period(first, last)
    is_first = not EARLIEST <= first <= LATEST
    assert error.value.field == ("from" if is_first else "to")


@given(st.dates(date(2002, 1, 1), date(2900, 1, 1)))
def test_half_years_follow_on_each_other_and_are_over(day: date) -> None:
    last = half_year_before(day)
    before = half_year_before(last.first)
    assert last.last < day <= last.last + timedelta(days=184)
    assert before.last + timedelta(days=1) == last.first
    assert {before.first.month, last.first.month} == {1, 7}


def test_what_a_court_has_said_is_another_reason_for_who_does_not_read_it() -> None:
    codes = ["court_records", "debts", "other"]
    assert told_reasons(codes, reads_offences=True) == set(codes)
    assert told_reasons(codes, reads_offences=False) == {"debts", "other"}
    assert told_reasons(["court_records"], reads_offences=False) == {"other"}
