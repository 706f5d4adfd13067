from providers.queries.cards import UnitCard, codes_containing, unit_cards
from providers.queries.exporting import exported
from providers.queries.offers import (
    NO_CONTACT,
    Contact,
    NamedUnit,
    codes_by_name,
    contacts,
    hold_register,
    named_units,
)
from providers.queries.prices import Placed, PriceDate, price_dates
from providers.queries.priority import priority_groups
from providers.queries.register import (
    current_number,
    current_register,
    number_as_of,
    register_as_of,
    register_at_number,
)

__all__ = [
    "NO_CONTACT",
    "Contact",
    "NamedUnit",
    "Placed",
    "PriceDate",
    "UnitCard",
    "codes_by_name",
    "codes_containing",
    "contacts",
    "current_number",
    "current_register",
    "exported",
    "hold_register",
    "named_units",
    "number_as_of",
    "price_dates",
    "priority_groups",
    "register_as_of",
    "register_at_number",
    "unit_cards",
]
