"""The sheets with the words of today's catalogue, and the register as it is laid under a file."""

from typing import Any

from providers.domain.tables.sheets import Sheets, Words
from providers.queries.exporting import exported
from providers.queries.register import current_number
from spink.accounts import queries as accounts
from spink.catalogue import queries as catalogue
from spink.foundation import clock


def table_sheets() -> Sheets:
    """People write Swedish names, whatever language their pages are in."""
    return Sheets(
        Words(
            services=catalogue.swedish_names("service"),
            subtypes=catalogue.swedish_names("subtype"),
            needs=catalogue.swedish_names("need"),
            municipalities={one.code: one.name for one in accounts.municipalities()},
        )
    )


def register_document() -> tuple[int, dict[str, Any]]:
    """The register's number now, and the register at that number."""
    number = current_number()
    return number, exported(number, clock.today())
