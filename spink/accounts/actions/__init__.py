from spink.accounts.actions.duty import end_duty_shift, start_duty_shift
from spink.accounts.actions.organisation import load_organisation
from spink.accounts.actions.people import NewRole, assign_role, create_user, end_role

__all__ = [
    "NewRole",
    "assign_role",
    "create_user",
    "end_duty_shift",
    "end_role",
    "load_organisation",
    "start_duty_shift",
]
