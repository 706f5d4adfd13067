"""Numbers of legal entities that pass the check digit, as many as a test needs."""

from collections.abc import Iterator

from spink.foundation.identity_numbers import luhn_is_right


def org_numbers(count: int) -> Iterator[str]:
    for serial in range(count):
        nine = f"5599{serial:05d}"
        yield next(nine + str(digit) for digit in range(10) if luhn_is_right(nine + str(digit)))
