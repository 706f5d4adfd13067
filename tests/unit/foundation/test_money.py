from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spink.foundation.money import kronor


@pytest.mark.parametrize(
    ("given_amount", "expected"),
    [
        ("1.004", "1.00"),
        ("1.005", "1.01"),
        ("-1.005", "-1.01"),
        ("2950", "2950.00"),
        (3400, "3400.00"),
        ("0", "0.00"),
    ],
)
def test_kronor_rounds_halves_away_from_zero(given_amount: str | int, expected: str) -> None:
    assert str(kronor(given_amount)) == expected


@pytest.mark.parametrize("text", ["NaN", "sNaN", "Infinity", "-Infinity", "1e400", "", "tusen"])
def test_kronor_of_no_finite_number_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="finite number"):
        kronor(text)


@given(st.decimals(min_value=-(10**9), max_value=10**9, allow_nan=False))
def test_kronor_is_at_most_half_an_ore_away_and_stays_there(amount: Decimal) -> None:
    rounded = kronor(amount)

    assert abs(rounded - amount) <= Decimal("0.005")
    assert rounded.as_tuple().exponent == -2
    assert kronor(rounded) == rounded
