from providers.queries.offers import (
    NamedUnit,
    Placed,
    PriceDate,
    hold_register,
    named_units,
    price_dates,
)
from providers.queries.register import (
    current_number,
    current_register,
    number_as_of,
    register_as_of,
    register_at_number,
)

__all__ = [
    "NamedUnit",
    "Placed",
    "PriceDate",
    "current_number",
    "current_register",
    "hold_register",
    "named_units",
    "number_as_of",
    "price_dates",
    "register_as_of",
    "register_at_number",
]
