"""An agreement's dated prices as entries of the match format, and back."""

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from providers.domain.exchange.entries import Entry, Period, Price
from providers.domain.exchange.prices import alike, entries_of, prices_of

FIRST = date(2025, 1, 1)

days = st.integers(0, 60).map(lambda count: FIRST + timedelta(count))
ends = st.none() | days
periods = st.tuples(ends, ends).filter(lambda p: p[0] is None or p[1] is None or p[0] <= p[1])
prices = st.dictionaries(ends, st.integers(1, 9), max_size=4).map(
    lambda rates: [Price(day, Decimal(rate), "day") for day, rate in rates.items()]
)


def covered(period: Period) -> set[date]:
    """The days of a period, as far as the tests look."""
    every = [FIRST + timedelta(count) for count in range(-2, 70)]
    return {
        day
        for day in every
        if (period[0] is None or period[0] <= day) and (period[1] is None or day <= period[1])
    }


def rate_on(day: date, listed: list[Price]) -> Decimal | None:
    begun = [price for price in listed if price.valid_from is None or price.valid_from <= day]
    last = max(begun, key=lambda price: price.valid_from or date.min, default=None)
    return last.rate if last else None


@given(period=periods, listed=prices)
def test_entries_fill_the_agreements_period_once(period: Period, listed: list[Price]) -> None:
    days_of_entries = [day for entry in entries_of(period, listed) for day in covered(entry.period)]
    assert sorted(days_of_entries) == sorted(covered(period))


@given(period=periods, listed=prices)
def test_each_day_has_the_rate_that_began_last(period: Period, listed: list[Price]) -> None:
    for entry in entries_of(period, listed):
        for day in covered(entry.period):
            assert entry.rate == rate_on(day, listed)


@given(period=periods, listed=prices)
def test_entries_made_prices_are_the_same_entries(period: Period, listed: list[Price]) -> None:
    entries = entries_of(period, listed)
    assert entries_of(period, prices_of(entries)) == entries


def test_a_rate_without_its_date_is_alike_whenever_it_began() -> None:
    period = (FIRST, None)
    given_entry = Entry(period, Decimal(5), "day", None)
    derived = Entry(period, Decimal(5), "day", FIRST)
    assert alike([given_entry], [derived])
    assert not alike([derived], [given_entry])
    assert not alike([given_entry], [Entry(period, Decimal(6), "day", None)])
    assert not alike([given_entry], [])
