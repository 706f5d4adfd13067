from collections.abc import Iterable
from typing import Any, Final

from django.db import connection
from django.db.models import Q, QuerySet

from spink.accounts.domain.reach import Duty, HeldRole, Reach, reach_of
from spink.accounts.domain.roles import Role
from spink.accounts.models import (
    DutyShift,
    Municipality,
    PlacementFunction,
    PlacementTeam,
    TeamService,
    Unit,
    User,
)
from spink.foundation import clock
from spink.foundation.actor import Actor
from spink.foundation.swedish import SwedishOrder

_HELD_AND_ON_DUTY: Final = """
SELECT r.role, r.unit_id, r.department_id,
    (SELECT function_id FROM accounts_placementteam WHERE id = r.team_id),
    (SELECT d.municipality_id FROM accounts_unit u JOIN accounts_department d
        ON d.id = u.department_id WHERE u.id = r.unit_id),
    coalesce(
        (SELECT name FROM accounts_unit WHERE id = r.unit_id),
        (SELECT name FROM accounts_department WHERE id = r.department_id),
        (SELECT name FROM accounts_placementteam WHERE id = r.team_id), ''
    )
FROM accounts_roleassignment r
WHERE r.user_id = %(user)s AND r.valid_from <= %(today)s
    AND (r.valid_to IS NULL OR r.valid_to >= %(today)s)
UNION ALL
SELECT NULL, NULL, NULL, NULL, s.municipality_id, s.reason FROM accounts_dutyshift s
WHERE s.user_id = %(user)s AND s.started_at <= %(now)s AND s.ends_at > %(now)s"""
"""Roles that hold today, then shifts that run now, which have no role. Every page begins with
this statement, so it is written out and not built anew each time; and one of few joins is
planned in half the time."""


def reach_of_user(user: User) -> Reach:
    """What the user may see now: one query, none for somebody inactive."""
    if not user.is_active or user.pk is None:
        return Reach()
    held, duty = _held_and_on_duty(user)
    return reach_of(user_id=user.pk, held=held, duty=duty)


def _held_and_on_duty(user: User) -> tuple[list[HeldRole], list[Duty]]:
    given: dict[str, Any] = {"user": user.pk, "today": clock.today(), "now": clock.now()}
    with connection.cursor() as cursor:
        cursor.execute(_HELD_AND_ON_DUTY, given)
        rows = cursor.fetchall()
    held = [HeldRole(Role(role), *places) for role, *places in rows if role]
    duty = [Duty(municipality, reason) for role, *_, municipality, reason in rows if not role]
    return held, duty


def running_shifts(user: User) -> QuerySet[DutyShift]:
    now = clock.now()
    return DutyShift.objects.filter(user=user, started_at__lte=now, ends_at__gt=now)


def duty_municipality_of(user: User) -> Municipality | None:
    """The municipality in which the user may go on duty today: that of the out-of-hours unit."""
    held, _ = _held_and_on_duty(user)
    jour = (one for one in held if one.role is Role.OUT_OF_HOURS_WORKER)
    codes = sorted(one.municipality_code for one in jour if one.municipality_code)
    return Municipality.objects.filter(code__in=codes[:1]).first()


def placement_function_of(municipality_code: str) -> PlacementFunction | None:
    return PlacementFunction.objects.filter(municipality_id=municipality_code).first()


def team_for(*, function_id: int, service_type: str) -> PlacementTeam | None:
    """The team of the function that takes the service today; which is data."""
    today = clock.today()
    taken = TeamService.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=today),
        team__function_id=function_id,
        service_type=service_type,
        valid_from__lte=today,
    )
    found = taken.select_related("team").order_by("-valid_from", "team_id").first()
    return found.team if found else None


def officers_of(function_id: int, *, team_id: int | None = None) -> list[User]:
    """The active placement officers of a placement function, or of one of its teams, by name."""
    today = clock.today()
    in_team = {} if team_id is None else {"role_assignments__team_id": team_id}
    return list(
        User.objects.filter(
            Q(role_assignments__valid_to__isnull=True) | Q(role_assignments__valid_to__gte=today),
            is_active=True,
            role_assignments__role=Role.PLACEMENT_OFFICER,
            role_assignments__team__function_id=function_id,
            role_assignments__valid_from__lte=today,
            **in_team,
        )
        .distinct()
        .order_by("first_name", "last_name", "username")
    )


def units_with_departments(unit_ids: Iterable[int]) -> list[Unit]:
    return list(
        Unit.objects.filter(id__in=unit_ids)
        .select_related("department__municipality")
        .order_by("name")
    )


def teams_of(user: User) -> list[PlacementTeam]:
    """The placement teams in which the user is an officer today."""
    today = clock.today()
    return list(
        PlacementTeam.objects.filter(
            Q(roleassignment__valid_to__isnull=True) | Q(roleassignment__valid_to__gte=today),
            roleassignment__user=user,
            roleassignment__role=Role.PLACEMENT_OFFICER,
            roleassignment__valid_from__lte=today,
        ).distinct()
    )


def teams_of_functions(function_ids: Iterable[int]) -> list[PlacementTeam]:
    return list(PlacementTeam.objects.filter(function_id__in=function_ids))


def users_by_id(ids: Iterable[int]) -> list[User]:
    """By name; none asked for, no query."""
    wanted = list(ids)
    if not wanted:
        return []
    return list(User.objects.filter(pk__in=wanted).order_by("first_name", "last_name", "username"))


def municipality_names(codes: Iterable[str]) -> dict[str, str]:
    """Names by code; none asked for, no query."""
    wanted = list(codes)
    if not wanted:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT code, name FROM accounts_municipality WHERE code = ANY(%s)", [wanted]
        )
        return dict(cursor.fetchall())


def municipalities() -> list[Municipality]:
    return list(Municipality.objects.order_by(SwedishOrder("name")))


def actor_of_username(username: str) -> Actor | None:
    """In whose name a command acts; None for somebody unknown or inactive."""
    user = User.objects.filter(username=username, is_active=True).first()
    return user.actor if user else None
