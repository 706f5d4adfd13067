from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spink.foundation.identity_numbers import (
    NotAnIdentityNumber,
    PersonNumber,
    luhn_is_right,
    organisation_number,
    person_number,
)

TODAY = date(2025, 3, 3)
OFFICIAL_TEST_NUMBERS = ("191500722390", "191711602399", "191800852384", "192001602396")
"""Published by Skatteverket, in use by nobody: month 00 and day 60 are among them."""
CANNOT_EXIST = "202413320000"
"""A month 13: no number of anybody."""

days = st.dates(min_value=date(1850, 1, 1), max_value=TODAY)
serials = st.integers(min_value=0, max_value=999)


def with_check_digit(first: str) -> str:
    """The digits and the one that makes them right by Luhn's rule, worked out by trying."""
    return next(first + last for last in "0123456789" if luhn_is_right((first + last)[-10:]))


def number_of(day: date, serial: int, *, coordination: bool = False) -> str:
    within_month = day.day + (60 if coordination else 0)
    return with_check_digit(f"{day:%Y%m}{within_month:02}{serial:03}")


def reason_against(text: str, today: date = TODAY) -> str:
    with pytest.raises(NotAnIdentityNumber) as caught:
        person_number(text, today=today)
    return caught.value.reason


@pytest.mark.parametrize("number", OFFICIAL_TEST_NUMBERS)
def test_person_number_of_the_official_test_numbers_is_taken(number: str) -> None:
    assert person_number(number, today=TODAY) == PersonNumber(number)


@given(days, serials, st.booleans())
def test_person_number_of_any_day_is_taken_with_its_birth(
    day: date, serial: int, coordination: bool
) -> None:
    number = person_number(number_of(day, serial, coordination=coordination), today=TODAY)

    assert number.birth_date == day
    assert number.is_coordination_number is coordination


@given(days, serials)
def test_person_number_is_the_same_however_it_is_written(day: date, serial: int) -> None:
    digits = number_of(day, serial)
    number = person_number(digits, today=TODAY)

    assert str(number) == f"{digits[:8]}-{digits[8:]}"
    assert person_number(str(number), today=TODAY) == number
    assert person_number(f" {digits[:8]} {digits[8:]} ", today=TODAY) == number


@given(days, serials, st.integers(2, 11), st.integers(1, 9))
def test_person_number_with_one_digit_wrong_is_refused(
    day: date, serial: int, place: int, step: int
) -> None:
    digits = number_of(day, serial)
    wrong = f"{digits[:place]}{(int(digits[place]) + step) % 10}{digits[place + 1 :]}"

    assert reason_against(wrong) in {"checksum", "date", "future"}


@given(st.dates(min_value=TODAY + timedelta(days=1), max_value=date(2200, 1, 1)), serials)
def test_person_number_born_in_the_future_is_refused(day: date, serial: int) -> None:
    assert reason_against(number_of(day, serial)) == "future"


def test_person_number_born_today_is_taken() -> None:
    assert person_number(number_of(TODAY, 1), today=TODAY).birth_date == TODAY


def test_person_number_of_unknown_day_in_a_month_to_come_is_refused() -> None:
    assert reason_against(with_check_digit("20250460239")) == "future"


def test_person_number_of_unknown_day_this_month_is_taken() -> None:
    assert person_number(with_check_digit("20250360239"), today=TODAY).birth_date is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1915007223",
        "1915007223900",
        "19150072239x",
        "1915007223９0",  # a full-width digit, which `str.isdigit` lets pass
        "١٩١٥٠٠٧٢٢٣٩٠",
        "19150072239²",
    ],
)
def test_person_number_of_other_than_twelve_ascii_digits_is_refused(text: str) -> None:
    assert reason_against(text) == "digits"


@pytest.mark.parametrize(
    "first",
    [
        CANNOT_EXIST[:11],
        "19150100000",  # day 00
        "19150132000",  # day 32
        "19150159000",  # day 59
        "19150192000",  # day 92
        "19150231000",  # 31 February
        "19150291000",  # the same as a coordination number
        "19230229000",  # no leap year
        "18491231000",
        "00000100000",
    ],
)
def test_person_number_of_a_day_that_is_none_is_refused(first: str) -> None:
    assert reason_against(with_check_digit(first)) == "date"


def test_luhn_of_a_number_worked_by_hand() -> None:
    # 8 1 1 2 1 8 9 8 7 and doubles 16 1 2 2 2 8 18 8 14: 7+1+2+2+2+8+9+8+5 = 44, so 6.
    assert luhn_is_right("8112189876")
    assert not luhn_is_right("8112189875")


def test_organisation_number_is_taken_with_hyphen_and_prefix() -> None:
    assert organisation_number("212000-1355") == "2120001355"
    assert organisation_number("16212000-1355") == "2120001355"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("212000135", "digits"),
        ("19212000-1355", "digits"),
        ("２120001355", "digits"),
        ("2120001356", "checksum"),
        ("1500722390", "kind"),
    ],
)
def test_organisation_number_that_is_none_is_refused(text: str, reason: str) -> None:
    with pytest.raises(NotAnIdentityNumber) as caught:
        organisation_number(text)

    assert caught.value.reason == reason


def test_organisation_number_of_a_sole_trader_is_taken_where_the_legal_form_says_so() -> None:
    assert organisation_number("1500722390", sole_trader=True) == "1500722390"
