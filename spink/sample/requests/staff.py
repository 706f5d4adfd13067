"""Who files and who matches, as the writing of requests asks for them: read once."""

from collections import defaultdict
from dataclasses import dataclass

from spink.accounts.domain.roles import Role
from spink.accounts.models import (
    Department,
    PlacementFunction,
    PlacementTeam,
    RoleAssignment,
    Unit,
    User,
)
from spink.sample.places import GOTEBORG


@dataclass(frozen=True)
class Staff:
    """Of one municipality. Units by the department's short name and their own."""

    municipality: str
    function: PlacementFunction
    teams: dict[str, PlacementTeam]
    units: dict[tuple[str, str], Unit]
    filers: dict[int, list[User]]
    """By unit."""
    officers: dict[int, list[User]]
    """By team."""

    @property
    def names_of_units(self) -> dict[str, list[str]]:
        """Those that somebody files for, by department."""
        names: dict[str, list[str]] = defaultdict(list)
        for (department, name), unit in self.units.items():
            if self.filers.get(unit.pk):
                names[department].append(name)
        return dict(names)

    def team_for(self, code: str) -> PlacementTeam:
        """The team of that code, else the function's only one."""
        return self.teams.get(code) or next(iter(self.teams.values()))


def staff_of(municipality: str = GOTEBORG) -> Staff:
    function = PlacementFunction.objects.get(municipality_id=municipality)
    departments = Department.objects.filter(municipality_id=municipality)
    units = Unit.objects.filter(department__in=departments).select_related("department")
    return Staff(
        municipality=municipality,
        function=function,
        teams={team.code: team for team in function.teams.order_by("id")},
        units={(unit.department.short_name, unit.name): unit for unit in units.order_by("id")},
        filers=_holders(Role.SOCIAL_WORKER, "unit_id"),
        officers=_holders(Role.PLACEMENT_OFFICER, "team_id"),
    )


def _holders(role: Role, place: str) -> dict[int, list[User]]:
    found: dict[int, list[User]] = defaultdict(list)
    rows = RoleAssignment.objects.filter(role=role).select_related("user").order_by("user_id")
    for assignment in rows:
        found[getattr(assignment, place)].append(assignment.user)
    return dict(found)
