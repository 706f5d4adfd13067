"""The roles that people hold: whatever somebody may do begins here, with an audit row."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from spink.accounts.domain.roles import READS_REQUESTS, Role, are_held_together
from spink.accounts.models import Department, PlacementTeam, RoleAssignment, Unit, User
from spink.accounts.models.choices import Roles
from spink.accounts.policies import check_is_somebody_else
from spink.foundation import audit, clock, keeping, outbox
from spink.foundation.actor import Actor
from spink.foundation.events import Event, EventName


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
def assign_role(user: User, given: NewRole, *, by: Actor) -> RoleAssignment:
    """Raises NotAllowed for somebody's own roles, ValidationError where it cannot be held so."""
    check_is_somebody_else(user, by)
    held_by = User.objects.select_for_update().get(pk=user.pk)
    if held_by.is_service:
        raise ValidationError(_("A system holds no roles."))
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
    _check_place_lasts(assignment)
    _check_goes_together(assignment)
    assignment.save()
    days = {"valid_from": [None, _day(assignment.valid_from)]}
    if assignment.valid_to is not None:
        days["valid_to"] = [None, _day(assignment.valid_to)]
    _record("role_assigned", assignment, by, days=days)
    if given.role in READS_REQUESTS and by.is_person:
        outbox.publish(Event(EventName.ROLE_ASSIGNED, {"by_user_id": by.user_id}))
    return assignment


@transaction.atomic
def end_role(
    assignment: RoleAssignment, *, by: Actor, last_day: date | None = None, seen: str | None = None
) -> None:
    """The role holds through the last day, or without one no more from now on.

    One that had not held before is gone. Raises NotAllowed for one's own, ValidationError for the
    last administrator's, keeping.Outdated where its days are not as they were seen.
    """
    check_is_somebody_else(assignment.user, by)
    ends = last_day or clock.today() - timedelta(days=1)
    if assignment.role == Role.ADMINISTRATOR:
        check_administrator_is_left(without=assignment.user)
    held = RoleAssignment.objects.select_for_update(of=("self",)).get(pk=assignment.pk)
    if seen is not None and seen != days_seen(held):
        raise keeping.Outdated(held)
    _record("role_ended", held, by, days={"valid_to": [_day(held.valid_to), _day(ends)]})
    if held.valid_from > ends:
        held.delete()
        return
    held.valid_to = ends
    held.save(update_fields=["valid_to"])


def days_seen(assignment: RoleAssignment) -> str:
    return keeping.fingerprint(assignment, ("valid_from", "valid_to"))


def check_administrator_is_left(*, without: User) -> None:
    """Raises ValidationError if nobody else is an administrator without an end.

    Roles and people are locked, so that two administrators do not shut out each other: what is
    decided on is read after the wait, since a statement sees what stood when it began.
    """
    roles = RoleAssignment.objects.filter(role=Role.ADMINISTRATOR).order_by("pk")
    holders = {one.user_id for one in roles.select_for_update()}
    people = User.objects.filter(pk__in=holders).order_by("pk")
    active = {one.pk for one in people.select_for_update(no_key=True) if one.is_active}
    held = list(roles)
    today = clock.today()
    own = [one for one in held if one.user_id == without.pk and _lasts(one, today)]
    others = [one for one in held if one.user_id != without.pk and one.user_id in active]
    if own and not any(_lasts(one, today) and one.valid_to is None for one in others):
        raise ValidationError(_("Nobody else is an administrator. Make somebody one first."))


def _lasts(assignment: RoleAssignment, today: date) -> bool:
    return assignment.valid_from <= today and (
        assignment.valid_to is None or assignment.valid_to >= today
    )


def _check_place_lasts(assignment: RoleAssignment) -> None:
    place = assignment.unit or assignment.department or assignment.team
    if place is None or place.valid_to is None:
        return
    if assignment.valid_to is None or assignment.valid_to > place.valid_to:
        said = _("%(place)s ends before that day.") % {"place": place}
        raise ValidationError({"valid_to": said})


def _check_goes_together(assignment: RoleAssignment) -> None:
    """With the roles held at any time of the same period."""
    others = RoleAssignment.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=assignment.valid_from), user=assignment.user
    )
    if assignment.valid_to is not None:
        others = others.filter(valid_from__lte=assignment.valid_to)
    for other in others:
        _check_pair(assignment, other)


def _check_pair(assignment: RoleAssignment, other: RoleAssignment) -> None:
    words = {"one": Roles(assignment.role).label, "other": Roles(other.role).label}
    if not are_held_together(Role(assignment.role), Role(other.role)):
        said = _("“%(one)s” and “%(other)s” are not held by one person at the same time.")
        raise ValidationError(said % words)
    if _place(other) == _place(assignment):
        raise ValidationError(_("The person holds that role there already."))


def _place(assignment: RoleAssignment) -> tuple[Any, ...]:
    return (
        assignment.role,
        assignment.unit_id,
        assignment.department_id,
        assignment.team_id,
    )


def _record(
    action: str, assignment: RoleAssignment, by: Actor, *, days: dict[str, list[Any]]
) -> None:
    place = assignment.unit or assignment.department or assignment.team
    here = str(place) if place else None
    held: dict[str, list[Any]] = {"place": [here] * 2} if here else {}
    audit.record(
        action=action,
        by=by,
        subject="user",
        subject_id=str(assignment.user_id),
        details={
            "name": str(assignment.user),
            "role": assignment.role,
            "unit": assignment.unit_id,
            "department": assignment.department_id,
            "team": assignment.team_id,
            "changed": {"role": [assignment.role] * 2, **held, **days},
        },
    )


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
