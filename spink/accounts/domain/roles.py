from enum import StrEnum


class Role(StrEnum):
    SOCIAL_WORKER = "social_worker"
    OUT_OF_HOURS_WORKER = "out_of_hours_worker"
    UNIT_MANAGER = "unit_manager"
    LOCAL_PROCUREMENT_COORDINATOR = "local_procurement_coordinator"
    PLACEMENT_OFFICER = "placement_officer"
    QUALITY_CONTROLLER = "quality_controller"
    LAWYER = "lawyer"
    CATEGORY_LEAD = "category_lead"
    CONTROLLER = "controller"
    ADMINISTRATOR = "administrator"


class Scope(StrEnum):
    """What a role is held in. Spink's own roles reach over all municipalities."""

    UNIT = "unit"
    DEPARTMENT = "department"
    MUNICIPALITY = "municipality"
    TEAM = "team"
    WHOLE = "whole"


SCOPE_OF_ROLE: dict[Role, Scope] = {
    Role.SOCIAL_WORKER: Scope.UNIT,
    Role.UNIT_MANAGER: Scope.UNIT,
    Role.OUT_OF_HOURS_WORKER: Scope.UNIT,
    Role.LOCAL_PROCUREMENT_COORDINATOR: Scope.DEPARTMENT,
    Role.PLACEMENT_OFFICER: Scope.TEAM,
    Role.QUALITY_CONTROLLER: Scope.WHOLE,
    Role.LAWYER: Scope.WHOLE,
    Role.CATEGORY_LEAD: Scope.WHOLE,
    Role.CONTROLLER: Scope.WHOLE,
    Role.ADMINISTRATOR: Scope.WHOLE,
}

READS_REQUESTS = frozenset(
    {
        Role.SOCIAL_WORKER,
        Role.OUT_OF_HOURS_WORKER,
        Role.UNIT_MANAGER,
        Role.LOCAL_PROCUREMENT_COORDINATOR,
        Role.PLACEMENT_OFFICER,
    }
)
NOT_TOGETHER = {
    Role.ADMINISTRATOR: READS_REQUESTS | {Role.LAWYER},
    Role.PLACEMENT_OFFICER: (READS_REQUESTS - {Role.PLACEMENT_OFFICER}) | {Role.QUALITY_CONTROLLER},
}
"""Who opens the wall for others does not stand behind it, nor reviews who did; nobody handles
what he or she has filed, nor lifts a stop, recommends and puts it back."""


def are_held_together(one: Role, other: Role) -> bool:
    """Whether one person may hold both at the same time."""
    return other not in NOT_TOGETHER.get(one, ()) and one not in NOT_TOGETHER.get(other, ())


FILING_ROLES = frozenset({Role.SOCIAL_WORKER, Role.OUT_OF_HOURS_WORKER})
"""Who files requests, answers and reports back."""
