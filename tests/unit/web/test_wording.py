from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from spink.web import wording

NOW = datetime(2026, 3, 3, 13, 32, tzinfo=UTC)  # 14:32 in Sweden, a Tuesday
TODAY = date(2026, 3, 3)


@pytest.fixture(autouse=True)
def swedish() -> Iterator[None]:
    with translation.override("sv"):
        yield


def plain(text: str) -> str:
    return text.replace(wording.NO_BREAK, " ")


def test_days_as_swedes_write_them() -> None:
    thursday = date(2026, 3, 5)
    assert wording.day(thursday) == "5 mars 2026"
    assert wording.short_day(date(2025, 11, 14)) == "14 nov 2025"
    assert wording.weekday(thursday) == "torsdag 5 mars 2026"


def test_days_in_english() -> None:
    with translation.override("en"):
        assert wording.day(date(2026, 3, 5)) == "5 March 2026"
        assert wording.short_day(date(2025, 11, 14)) == "14 Nov 2025"
        assert wording.near_day(TODAY, today=TODAY) == "today"


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (-400, "27 januari 2025"),
        (-7, "24 februari"),
        (-6, "onsdag 25 februari"),
        (-1, "i går"),
        (0, "i dag"),
        (1, "i morgon"),
        (2, "torsdag 5 mars"),
        (7, "10 mars"),
        (365, "3 mars 2027"),
    ],
)
def test_near_day_by_distance(days: int, said: str) -> None:
    assert wording.near_day(TODAY + timedelta(days=days), today=TODAY) == said


def test_moment_counts_days_in_sweden() -> None:
    just_after_midnight = datetime(2026, 3, 3, 23, 30, tzinfo=UTC)
    assert wording.moment(just_after_midnight, now=NOW) == "i morgon 00:30"
    assert wording.moment(NOW, now=NOW) == "i dag 14:32"
    assert wording.full_moment(NOW) == "3 mars 2026 14:32"


@pytest.mark.parametrize(
    ("minutes", "said"),
    [
        (0, "mindre än en minut"),
        (1, "1 minut"),
        (59, "59 minuter"),
        (60, "1 timme"),
        (88, "1 timme och 28 minuter"),
        (12 * 60 - 1, "11 timmar och 59 minuter"),
        (12 * 60 + 1, "12 timmar"),
        (24 * 60 - 1, "23 timmar"),
        (24 * 60, "1 dag"),
        (49 * 60, "2 dagar"),
    ],
)
def test_duration_in_units_that_matter(minutes: int, said: str) -> None:
    assert wording.duration(timedelta(minutes=minutes)) == said


@pytest.mark.parametrize(
    ("hours", "said"),
    [(1.5, "om 1 timme och 30 minuter"), (-2.2, "2 timmar försenad"), (-25, "1 dag försenad")],
)
def test_until_tells_what_is_late(hours: float, said: str) -> None:
    assert wording.until(NOW + timedelta(hours=hours), now=NOW) == said


def test_left_and_since() -> None:
    assert wording.left(NOW + timedelta(minutes=88), now=NOW) == "1 timme och 28 minuter kvar"
    assert wording.left(NOW - timedelta(hours=3), now=NOW) == "3 timmar försenad"
    assert wording.since(NOW - timedelta(minutes=18), now=NOW) == "för 18 minuter sedan"
    assert wording.since(NOW + timedelta(hours=1), now=NOW) == "för mindre än en minut sedan"


def test_since_of_what_is_long_ago_is_its_day() -> None:
    assert wording.since(NOW - timedelta(days=90), now=NOW) == "för 90 dagar sedan"
    at = datetime(2024, 9, 3, 23, 30, tzinfo=UTC)
    assert wording.since(at, now=NOW) == "4 sep 2024"


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (0, "i dag"),
        (1, "i morgon"),
        (2, "om två dagar"),
        (13, "om 13 dagar"),
        (-3, "för tre dagar sedan"),
    ],
)
def test_days_until_in_words(days: int, said: str) -> None:
    assert wording.days_until(TODAY + timedelta(days=days), today=TODAY) == said


@pytest.mark.parametrize(
    ("amount", "said"),
    [
        (2950, "2 950 kr"),
        (Decimal("2950.00"), "2 950 kr"),
        (Decimal("2950.5"), "2 950,50 kr"),
        (0, "0 kr"),
        (7802550, "7 802 550 kr"),
        (-13, "−13 kr"),
    ],
)
def test_kronor_show_ore_only_where_there_are_any(amount: Decimal | int, said: str) -> None:
    assert plain(wording.kronor(amount)) == said


def test_money_and_shares_in_english() -> None:
    with translation.override("en"):
        assert plain(wording.kronor(2950)) == "SEK 2,950"
        assert wording.percent(0.052, decimals=1) == "5.2%"
        assert plain(wording.rate(2950, "week")) == "SEK 2,950 a week"


def test_rate_with_its_unit() -> None:
    assert plain(wording.rate(2950)) == "2 950 kr per dygn"
    assert plain(wording.rate(850, "hour")) == "850 kr per timme"
    assert plain(wording.rate(850, "matter")) == "850 kr matter"


@pytest.mark.parametrize(
    ("metres", "said"),
    [(6321, "6,3 km"), (6350, "6,4 km"), (49, "0,0 km"), (1234567, "1 234,6 km")],
)
def test_kilometres_from_metres(metres: int, said: str) -> None:
    assert plain(wording.kilometres(metres)) == said


def test_percent_from_a_share() -> None:
    assert plain(wording.percent(0.18)) == "18 %"
    assert plain(wording.percent(-0.052, decimals=1)) == "−5,2 %"


@given(st.integers(min_value=-(10**12), max_value=10**12))
def test_number_keeps_every_digit(value: int) -> None:
    digits = wording.number(value).replace(wording.NO_BREAK, "").replace(wording.MINUS, "-")
    assert int(digits) == value


def test_number_words_end_at_twelve() -> None:
    assert [wording.number_word(value) for value in (0, 2, 12, 13)] == ["noll", "två", "tolv", "13"]


@pytest.mark.parametrize(
    ("items", "said"),
    [([], ""), (["a"], "a"), (["a", "b"], "a och b"), (["a", "b", "c"], "a, b och c")],
)
def test_listed_with_a_last_and(items: list[str], said: str) -> None:
    assert wording.listed(items) == said


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Anna Lind", "A.L."),
        ("anna maria lind", "A.L."),
        ("Cher", "C."),
        ("", ""),
        ("  Åsa  Öst ", "Å.Ö."),
    ],
)
def test_initials_of_first_and_last_name(name: str, said: str) -> None:
    assert wording.initials(name) == said


def test_age() -> None:
    assert wording.age(1) == "1 år"
    assert wording.age(34) == "34 år"
