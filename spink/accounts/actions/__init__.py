from spink.accounts.actions.api_clients import (
    create_api_client,
    end_api_client,
    forget_api_leftovers,
    lock_api_client,
    renew_secret,
)
from spink.accounts.actions.duty import end_duty_shift, start_duty_shift
from spink.accounts.actions.organisation import load_organisation
from spink.accounts.actions.own_settings import use_shortcuts
from spink.accounts.actions.people import (
    activate_user,
    change_user,
    create_user,
    deactivate_user,
    note_password_link_shown,
    send_password_link,
)
from spink.accounts.actions.roles import NewRole, assign_role, days_seen, end_role

__all__ = [
    "NewRole",
    "activate_user",
    "assign_role",
    "change_user",
    "create_api_client",
    "create_user",
    "days_seen",
    "deactivate_user",
    "end_api_client",
    "end_duty_shift",
    "end_role",
    "forget_api_leftovers",
    "load_organisation",
    "lock_api_client",
    "note_password_link_shown",
    "renew_secret",
    "send_password_link",
    "start_duty_shift",
    "use_shortcuts",
]
