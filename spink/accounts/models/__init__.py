from spink.accounts.models.access_entry import AccessEntry
from spink.accounts.models.api_client import ApiClient, ApiSecret, KeptAnswer
from spink.accounts.models.duty_shift import DutyShift
from spink.accounts.models.organisation import Department, Municipality, Unit
from spink.accounts.models.placement_function import (
    PlacementFunction,
    PlacementTeam,
    TeamService,
)
from spink.accounts.models.role_assignment import RoleAssignment
from spink.accounts.models.user import User

__all__ = [
    "AccessEntry",
    "ApiClient",
    "ApiSecret",
    "Department",
    "DutyShift",
    "KeptAnswer",
    "Municipality",
    "PlacementFunction",
    "PlacementTeam",
    "RoleAssignment",
    "TeamService",
    "Unit",
    "User",
]
