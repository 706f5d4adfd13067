"""Swedish kronor. Prices are whole öre in the database's eyes: two decimals, never a float."""

from decimal import ROUND_HALF_UP, Decimal

ORE = Decimal("0.01")


def kronor(amount: Decimal | int | str) -> Decimal:
    """The amount with two decimals, halves rounded up as invoices do. Raises on NaN and infinity."""
    value = Decimal(amount)
    if not value.is_finite():
        raise ValueError("an amount must be a finite number")
    return value.quantize(ORE, rounding=ROUND_HALF_UP)
