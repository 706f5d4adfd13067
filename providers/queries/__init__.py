from providers.queries.cards import UnitCard, codes_containing, unit_cards
from providers.queries.compared import Agreed, ComparedUnit, compared_units
from providers.queries.control.vettings import overdue_checks
from providers.queries.exporting import exported
from providers.queries.offers import (
    NamedUnit,
    codes_by_name,
    hold_register,
    named_units,
    units_that_take_acute_admissions,
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
from providers.queries.stops import ClosingStop, closing_stops

__all__ = [
    "Agreed",
    "ClosingStop",
    "ComparedUnit",
    "NamedUnit",
    "Placed",
    "PriceDate",
    "UnitCard",
    "closing_stops",
    "codes_by_name",
    "codes_containing",
    "compared_units",
    "current_number",
    "current_register",
    "exported",
    "hold_register",
    "named_units",
    "number_as_of",
    "overdue_checks",
    "price_dates",
    "priority_groups",
    "register_as_of",
    "register_at_number",
    "unit_cards",
    "units_that_take_acute_admissions",
]
