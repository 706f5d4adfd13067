"""Loading municipalities, departments and placement functions from their data files.

What is there is brought up to the files, nothing is removed. A service that a team takes is added
with an open start; what has been ended by hand stays ended.
"""

import json
from datetime import date
from pathlib import Path
from typing import Any, Final, TypeAlias

from django.db import transaction

from spink.accounts.models import (
    Department,
    Municipality,
    PlacementFunction,
    PlacementTeam,
    TeamService,
    Unit,
)
from spink.foundation import audit
from spink.foundation.actor import Actor

DATA: Final = Path(__file__).resolve().parents[1] / "data"
SERVICES_SINCE: Final = date(2020, 1, 1)
"""Before the first request that anybody loads."""

Row: TypeAlias = dict[str, Any]


@transaction.atomic
def load_organisation(*, by: Actor | None = None) -> dict[str, int]:
    """Bring the organisation up to its data files; a second run changes nothing. Rows per file."""
    actor = by or Actor.system("load_organisation")
    counts = {
        "municipalities": _load_municipalities(_rows("municipalities")),
        "departments": _load_departments(_rows("departments")),
        "placement_functions": _load_functions(_rows("placement_functions")),
    }
    audit.record(
        action="organisation_loaded",
        by=actor,
        subject="organisation",
        subject_id="all",
        details=counts,
    )
    return counts


def _rows(name: str) -> list[Row]:
    rows: list[Row] = json.loads((DATA / f"{name}.json").read_text(encoding="utf-8"))
    return rows


def _load_municipalities(rows: list[Row]) -> int:
    for row in rows:
        Municipality.objects.update_or_create(code=row["code"], defaults=row)
    return len(rows)


def _load_departments(rows: list[Row]) -> int:
    for row in rows:
        department, _ = Department.objects.update_or_create(
            municipality_id=row["municipality"],
            name=row["name"],
            defaults={"short_name": row["short_name"]},
        )
        for name in row["units"]:
            Unit.objects.get_or_create(department=department, name=name)
    return len(rows)


def _load_functions(rows: list[Row]) -> int:
    for row in rows:
        function, _ = PlacementFunction.objects.update_or_create(
            municipality_id=row["municipality"], defaults={"name": row["name"]}
        )
        for team in row["teams"]:
            _load_team(function, team)
    return len(rows)


def _load_team(function: PlacementFunction, row: Row) -> None:
    team, _ = PlacementTeam.objects.update_or_create(
        function=function, code=row["code"], defaults={"name": row["name"]}
    )
    known = set(team.services.values_list("service_type", flat=True))
    TeamService.objects.bulk_create(
        TeamService(team=team, service_type=service, valid_from=SERVICES_SINCE)
        for service in row["services"]
        if service not in known
    )
