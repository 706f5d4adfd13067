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

FILING_ROLES = frozenset({Role.SOCIAL_WORKER, Role.OUT_OF_HOURS_WORKER})
"""Who files requests, answers and reports back."""
