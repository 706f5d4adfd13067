"""Published figures that the sample follows: tables beside this page, read once.

Sources: Spink's annual report 2024 and the category plans Vuxen (2023) and Funktionsstöd (2025).
"""

import csv
from datetime import date
from functools import cache
from pathlib import Path
from typing import NamedTuple

FOLDER = Path(__file__).parent


class Occupancy(NamedTuple):
    """Places of Göteborg's own units of one form of housing, first quarter of 2024."""

    free: int
    unavailable: int
    occupied: int

    @property
    def total(self) -> int:
        return self.free + self.unavailable + self.occupied


class Framework(NamedTuple):
    service_type: str
    lots: tuple[str, ...]
    valid_from: date
    valid_to: date
    contracts: int


def requests_of(year: int) -> dict[str, int]:
    """Placement requests of Göteborg by service."""
    rows = _rows("requests_per_service")
    return {row["service_type"]: int(row["requests"]) for row in rows if row["year"] == str(year)}


@cache
def special_needs() -> dict[str, dict[bool, float]]:
    """Shares of requests in supported social housing by need, and by whether it is drug-free."""
    return {
        row["code"]: {
            True: float(row["share_drug_free"]),
            False: float(row["share_active_use"]),
        }
        for row in _rows("special_needs")
    }


@cache
def occupancy() -> dict[str, Occupancy]:
    return {
        row["housing_form_sv"]: Occupancy(
            int(row["free"]), int(row["unavailable"]), int(row["occupied"])
        )
        for row in _rows("occupancy_own_units_2024q1")
    }


@cache
def frameworks() -> tuple[Framework, ...]:
    return tuple(
        Framework(
            row["service_type"],
            tuple(row["lot"].split("|")) if row["lot"] else (),
            date.fromisoformat(row["valid_from"]),
            date.fromisoformat(row["valid_to"]),
            int(row["contracts"]),
        )
        for row in _rows("framework_agreements")
    )


@cache
def follow_up() -> dict[str, float]:
    """What the control of providers came to in 2024, and figures beside it, by their names."""
    return {row["measure"]: float(row["value"]) for row in _rows("follow_up_2024")}


def subtype_weights(service_type: str, year: int) -> dict[str, float]:
    """Weights of a service's subtypes where the report gives them, else none."""
    weights = {}
    for row in _rows("subtypes_2024"):
        if row["service_type"] == service_type:
            weights[row["subtype"]] = float(row[f"requests_{year}"] or row["share_2024"])
    return weights


def _rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as table:
        return list(csv.DictReader(table))
