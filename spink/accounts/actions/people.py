"""Users and the roles that they hold: whatever somebody may do begins here, with an audit row."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction

from spink.accounts.domain.roles import Role
from spink.accounts.models import Department, PlacementTeam, RoleAssignment, Unit, User
from spink.accounts.policies import check_is_somebody_else
from spink.foundation import audit, clock
from spink.foundation.actor import Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class NewRole:
    """A role and the place that it is held in, which the role's scope names (`domain/roles.py`).

    Without `valid_from` it holds from today, without `valid_to` until it is ended.
    """

    role: Role
    unit: Unit | None = None
    department: Department | None = None
    team: PlacementTeam | None = None
    valid_from: date | None = None
    valid_to: date | None = None


@transaction.atomic
def create_user(
    username: str,
    *,
    first_name: str = "",
    last_name: str = "",
    email: str = "",
    phone: str = "",
    password: str | None = None,
    roles: Iterable[NewRole] = (),
    by: Actor,
) -> User:
    """A new user; without a password, one who cannot log in until one is set."""
    user = User.objects.create_user(
        username,
        email=email,
        password=password,
        first_name=first_name,
        last_name=last_name,
        phone=phone,
    )
    audit.record(action="user_created", by=by, subject="user", subject_id=str(user.pk))
    for role in roles:
        assign_role(user, role, by=by)
    return user


@transaction.atomic
def assign_role(user: User, given: NewRole, *, by: Actor) -> RoleAssignment:
    """Raises NotAllowed for somebody's own roles, ValidationError where the place does not fit."""
    check_is_somebody_else(user, by)
    assignment = RoleAssignment(
        user=user,
        role=given.role,
        unit=given.unit,
        department=given.department,
        team=given.team,
        valid_from=given.valid_from or clock.today(),
        valid_to=given.valid_to,
    )
    assignment.full_clean()
    assignment.save()
    _record("role_assigned", assignment, by)
    return assignment


@transaction.atomic
def end_role(assignment: RoleAssignment, *, by: Actor) -> None:
    """The role does not hold any more, from now on; one that began today never held."""
    held = RoleAssignment.objects.select_for_update().get(pk=assignment.pk)
    yesterday = clock.today() - timedelta(days=1)
    _record("role_ended", held, by)
    if held.valid_from > yesterday:
        held.delete()
        return
    held.valid_to = yesterday
    held.save(update_fields=["valid_to"])


def _record(action: str, assignment: RoleAssignment, by: Actor) -> None:
    audit.record(
        action=action,
        by=by,
        subject="user",
        subject_id=str(assignment.user_id),
        details={
            "role": assignment.role,
            "unit": assignment.unit_id,
            "department": assignment.department_id,
            "team": assignment.team_id,
        },
    )
