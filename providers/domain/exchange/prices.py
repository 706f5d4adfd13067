"""A unit's place in an agreement as dated entries, and back.

The match format knows one rate an entry; so an agreement with several prices becomes one entry a
price, each ending the day before the next begins. The register's SQL does the same split.
"""

from datetime import date, timedelta

from providers.domain.exchange.entries import Entry, Period, Price


def entries_of(period: Period, prices: list[Price]) -> list[Entry]:
    """What the agreement's period and the prices give, in order of time."""
    ordered = sorted(prices, key=lambda price: price.valid_from or date.min)
    begins = [price.valid_from for price in ordered]
    ends = [first - timedelta(1) for first in begins[1:] if first] + [None]
    entries = [
        Entry(_common(period, (price.valid_from, end)), price.rate, price.rate_unit, begin)
        for price, begin, end in zip(ordered, begins, ends, strict=False)
    ]
    if not begins or begins[0]:
        before = (None, begins[0] - timedelta(1)) if begins and begins[0] else (None, None)
        entries.insert(0, Entry(_common(period, before), None, "day", None))
    return [entry for entry in entries if _is_in_order(entry.period)]


def prices_of(entries: list[Entry]) -> list[Price]:
    """A rate without its date holds from its entry's first day, the first one from the start."""
    return [
        Price(entry.rate_from or (entry.period[0] if number else None), entry.rate, entry.rate_unit)
        for number, entry in enumerate(entries)
        if entry.rate is not None
    ]


def alike(given: list[Entry], derived: list[Entry]) -> bool:
    return len(given) == len(derived) and all(map(_is_alike, given, derived))


def _is_alike(given: Entry, derived: Entry) -> bool:
    return (given.period, given.rate, given.rate_unit) == (
        derived.period,
        derived.rate,
        derived.rate_unit,
    ) and given.rate_from in (None, derived.rate_from)


def _common(one: Period, other: Period) -> Period:
    firsts = [first for first in (one[0], other[0]) if first]
    lasts = [last for last in (one[1], other[1]) if last]
    return max(firsts, default=None), min(lasts, default=None)


def _is_in_order(period: Period) -> bool:
    first, last = period
    return first is None or last is None or first <= last
