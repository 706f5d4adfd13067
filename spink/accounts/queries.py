from collections.abc import Iterable
from datetime import date, timedelta
from functools import cache
from typing import Any, Final

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db import connection
from django.db.models import Exists, F, OuterRef, Q, QuerySet, TextField, Value
from django.db.models.functions import Concat
from django.utils.translation import gettext as _

from spink.accounts.domain.reach import Duty, HeldRole, Reach, reach_of, reach_of_client
from spink.accounts.domain.roles import Role, Scope
from spink.accounts.models import (
    ApiClient,
    Department,
    DutyShift,
    Municipality,
    PlacementFunction,
    PlacementTeam,
    RoleAssignment,
    Unit,
    User,
)
from spink.foundation import clock
from spink.foundation.actor import Actor
from spink.foundation.kept import KeptStatement
from spink.foundation.models import AuditEntry
from spink.foundation.swedish import Plain, SwedishOrder, plain

_HELD_AND_ON_DUTY: Final = """
SELECT r.role, r.unit_id,
    coalesce(r.department_id, (SELECT department_id FROM accounts_unit WHERE id = r.unit_id)),
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


def reach_of_client_account(account_id: int) -> Reach:
    """What the account of a client of the API may see; nothing once the client is ended."""
    own = Unit.objects.filter(
        department__units__in=ApiClient.objects.filter(
            user=account_id, ended_at__isnull=True
        ).values("unit")
    )
    return reach_of_client(account_id=account_id, unit_ids=own.values_list("pk", flat=True))


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


def duty_shifts() -> QuerySet[DutyShift]:
    """Everybody's, the latest first."""
    return DutyShift.objects.select_related("user", "municipality").order_by("-started_at", "-id")


def duty_municipality_of(user: User) -> Municipality | None:
    """The municipality in which the user may go on duty today: that of the out-of-hours unit."""
    held, _ = _held_and_on_duty(user)
    jour = (one for one in held if one.role is Role.OUT_OF_HOURS_WORKER)
    codes = sorted(one.municipality_code for one in jour if one.municipality_code)
    return Municipality.objects.filter(code__in=codes[:1]).first()


ANY_ID: Final = -1
"""Where an id goes in a statement that is kept."""

_RECEIVER: Final = """
SELECT f.id, (
    SELECT taken.team_id FROM accounts_teamservice taken
    JOIN accounts_placementteam team ON team.id = taken.team_id
    WHERE team.function_id = f.id AND taken.service_type = %(service_type)s
        AND taken.valid_from <= %(today)s
        AND (taken.valid_to IS NULL OR taken.valid_to >= %(today)s)
    ORDER BY taken.valid_from DESC, taken.team_id LIMIT 1
)
FROM accounts_placementfunction f WHERE f.municipality_id = %(municipality)s"""


def receiver_of(*, municipality_code: str, service_type: str) -> tuple[int, int | None] | None:
    """The municipality's placement function, and its team that takes the service today; both are
    data. None where it has no function."""
    given: dict[str, Any] = {
        "municipality": municipality_code,
        "service_type": service_type,
        "today": clock.today(),
    }
    with connection.cursor() as cursor:
        cursor.execute(_RECEIVER, given)
        row = cursor.fetchone()
    return None if row is None else (row[0], row[1])


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


def holders_of(role: Role) -> list[User]:
    """Whoever is active and holds the role today, by name."""
    today = clock.today()
    return list(
        User.objects.filter(
            Q(role_assignments__valid_to__isnull=True) | Q(role_assignments__valid_to__gte=today),
            is_active=True,
            role_assignments__role=role,
            role_assignments__valid_from__lte=today,
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


def unit_with_department(unit_id: int) -> Unit:
    (unit,) = _one_unit().rows({ANY_ID: unit_id})
    return unit


@cache
def _one_unit() -> KeptStatement[Unit]:
    found = Unit.objects.filter(pk=ANY_ID).select_related("department__municipality")
    return KeptStatement(found.order_by())


def departments_with_municipalities() -> list[Department]:
    found = Department.objects.select_related("municipality")
    return list(found.order_by("municipality__name", "name"))


def units_of_municipalities(codes: Iterable[str]) -> list[Unit]:
    found = Unit.objects.filter(department__municipality__in=list(codes))
    return list(found.select_related("department").order_by("department__name", "name"))


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


def function_names(ids: Iterable[int]) -> list[tuple[str, str]]:
    """To choose from, in Swedish order."""
    found = PlacementFunction.objects.filter(pk__in=list(ids)).order_by(SwedishOrder("name"))
    return [(str(one.pk), one.name) for one in found]


def all_teams() -> list[PlacementTeam]:
    return list(PlacementTeam.objects.order_by("name", "pk"))


def teams_of_functions(function_ids: Iterable[int]) -> list[PlacementTeam]:
    return list(PlacementTeam.objects.filter(function_id__in=function_ids))


def teams_met_by(reach: Reach) -> list[PlacementTeam]:
    """Of the own functions and those of the own municipalities, by name; else all of them."""
    own = (
        Q(function__in=reach.placement_function_ids)
        | Q(function__municipality__departments__in=reach.purchase_department_ids)
        | Q(function__municipality__departments__units__in=reach.unit_ids)
    )
    met = places_of(Scope.TEAM, clock.today())
    within = met.filter(pk__in=PlacementTeam.objects.filter(own).values("pk"))
    return list(within) or list(met)


def departments_of_functions(function_ids: Iterable[int]) -> list[Department]:
    """All departments of the municipalities whose requests the functions match."""
    functions = PlacementFunction.objects.filter(pk__in=function_ids)
    return list(
        Department.objects.filter(municipality__in=functions.values("municipality")).order_by(
            SwedishOrder("short_name")
        )
    )


def users_by_id(ids: Iterable[int]) -> list[User]:
    """By name; none asked for, no query."""
    wanted = list(ids)
    if not wanted:
        return []
    return list(User.objects.filter(pk__in=wanted).order_by("first_name", "last_name", "username"))


def municipality_names(codes: Iterable[str]) -> dict[str, str]:
    """Names by code, also of one that lies outside the region; none asked for, no query."""
    wanted = [code for code in codes if code]
    if not wanted:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT code, name FROM accounts_municipality WHERE code = ANY(%s)", [wanted]
        )
        known = dict(cursor.fetchall())
    outside = _("municipality outside the region (%(code)s)")
    return {code: known.get(code) or outside % {"code": code} for code in wanted}


def municipalities() -> list[Municipality]:
    return list(Municipality.objects.order_by(SwedishOrder("name")))


def actor_of_username(username: str) -> Actor | None:
    """In whose name a command acts; None for somebody unknown or inactive."""
    user = User.objects.filter(username=username, is_active=True).first()
    return user.actor if user else None


def trail_of(subject: str, subject_id: str) -> QuerySet[AuditEntry]:
    """What has been done with it, the newest first."""
    return AuditEntry.objects.filter(subject=subject, subject_id=subject_id).order_by("-id")


def former_mail_address(entry_id: int) -> str:
    """What stood before the change that the entry of the trail tells of; empty where none did."""
    entry = AuditEntry.objects.get(pk=entry_id)
    return str(entry.details["changed"]["email"][0] or "")


def trail_outside_requests(subjects: Iterable[str]) -> QuerySet[AuditEntry]:
    """The trail of these kinds, the newest first; what bears a request's reference is not in it."""
    return AuditEntry.objects.filter(reference="", subject__in=list(subjects)).order_by("-id")


def people() -> QuerySet[User]:
    """Everybody who is a person, by family name."""
    found = User.objects.filter(is_service=False)
    return found.order_by(SwedishOrder("last_name"), SwedishOrder("first_name"), "username")


def api_clients() -> QuerySet[ApiClient]:
    """Those that may call first."""
    found: QuerySet[ApiClient] = ApiClient.objects.select_related("unit__department__municipality")
    return found.order_by(F("ended_at").desc(nulls_first=True), SwedishOrder("name"))


def people_named(found: QuerySet[User], text: str) -> QuerySet[User]:
    """By any part of name, username or mail address, without regard to dots and accents."""
    space = Value(" ")
    parts = ("first_name", space, "last_name", space, "username", space, "email")
    said = Concat(*parts, output_field=TextField())
    named = found.annotate(plain_name=Plain(said))
    for word in plain(text).split():
        named = named.filter(plain_name__contains=word)
    return named


def people_holding(found: QuerySet[User], held: QuerySet[RoleAssignment]) -> QuerySet[User]:
    return found.filter(Exists(held.filter(user=OuterRef("pk"))))


def roles_on(day: date) -> QuerySet[RoleAssignment]:
    """Those that hold on the day, with their places."""
    lasting = Q(valid_to__isnull=True) | Q(valid_to__gte=day)
    return RoleAssignment.objects.filter(lasting, valid_from__lte=day).select_related(
        "unit__department", "department", "team__function"
    )


def roles_in_department(held: QuerySet[RoleAssignment], department_id: int) -> Any:
    in_it = Q(unit__department=department_id) | Q(department=department_id)
    return held.filter(in_it)


def roles_of(user: User) -> list[RoleAssignment]:
    """All that the person holds, has held or will hold, the latest first."""
    held = RoleAssignment.objects.filter(user=user).select_related(
        "user", "unit__department", "department", "team__function"
    )
    return list(held.order_by("-valid_from", "-id"))


def places_of(scope: Scope, day: date) -> QuerySet[Any]:
    """Where a role of that scope may be held from the day, in Swedish order."""
    lasting = Q(valid_to__isnull=True) | Q(valid_to__gte=day)
    if scope is Scope.UNIT:
        units = Unit.objects.filter(lasting).select_related("department__municipality")
        return units.order_by(
            SwedishOrder("department__municipality__name"),
            SwedishOrder("department__name"),
            SwedishOrder("name"),
        )
    if scope is Scope.DEPARTMENT:
        departments = Department.objects.filter(lasting).select_related("municipality")
        return departments.order_by(SwedishOrder("municipality__name"), SwedishOrder("name"))
    teams = PlacementTeam.objects.filter(lasting).select_related("function__municipality")
    return teams.order_by(SwedishOrder("function__name"), SwedishOrder("name"))


def department_names(ids: Iterable[int]) -> list[tuple[str, str]]:
    """To choose from, in Swedish order."""
    found = departments_by_place().filter(pk__in=list(ids))
    return [(str(one.pk), one.name) for one in found]


def department_places(ids: Iterable[int]) -> dict[int, tuple[str, str]]:
    """The names of the municipality and the department, by the department's id."""
    found = Department.objects.filter(pk__in=list(ids))
    return {
        pk: (municipality, name)
        for pk, municipality, name in found.values_list("pk", "municipality__name", "name")
    }


def departments_by_place() -> QuerySet[Department]:
    found = Department.objects.select_related("municipality")
    return found.order_by(SwedishOrder("municipality__name"), SwedishOrder("name"))


def people_in_state(
    found: QuerySet[User], state: str, held: QuerySet[RoleAssignment]
) -> QuerySet[User]:
    """active, inactive, no_role or no_password; all for anything else."""
    if state == "no_role":
        return found.filter(~Exists(held.filter(user=OuterRef("pk"))), is_active=True)
    if state == "no_password":
        return found.filter(is_active=True, password__startswith=UNUSABLE_PASSWORD_PREFIX)
    known = {"active": True, "inactive": False}
    return found.filter(is_active=known[state]) if state in known else found


def narrowed_trail(
    found: QuerySet[AuditEntry], *, who: str, since: date | None, until: date | None
) -> QuerySet[AuditEntry]:
    """By a part of the name of who did it, and by days in Sweden, both ends inclusive."""
    if who:
        found = found.filter(actor_label__icontains=who)
    if since:
        found = found.filter(at__gte=clock.beginning_of(since))
    if until:
        found = found.filter(at__lt=clock.beginning_of(until + timedelta(days=1)))
    return found


def mail_of_holders(role: Role, *, but: int = 0) -> list[str]:
    """The addresses of those who hold the role today, save one of them."""
    held = roles_on(clock.today()).filter(role=role)
    found = people_holding(User.objects.filter(is_active=True).exclude(pk=but), held)
    return sorted(found.exclude(email="").values_list("email", flat=True))
