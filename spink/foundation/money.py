"""Swedish kronor: whole öre, so always two decimals and never a float."""

from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

ORE = Decimal("0.01")


def kronor(amount: Decimal | int | str) -> Decimal:
    """The amount with two decimals, halves rounded away from zero as on an invoice.

    Raises ValueError for what is no finite number or has more digits than can be exact.
    """
    try:
        value = Decimal(amount)
        if value.is_finite():
            return value.quantize(ORE, rounding=ROUND_HALF_UP)
    except InvalidOperation:
        pass
    raise ValueError("an amount must be a finite number")
