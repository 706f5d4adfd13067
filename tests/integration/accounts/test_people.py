"""Users, roles and shifts: what each step changes, refuses and writes in the audit trail."""

from datetime import datetime, timedelta

import pytest
from django.core.exceptions import ValidationError

from spink.accounts import queries
from spink.accounts.actions import (
    NewRole,
    assign_role,
    create_user,
    end_duty_shift,
    end_role,
    start_duty_shift,
)
from spink.accounts.domain.roles import Role
from spink.accounts.models import DutyShift, RoleAssignment, User
from spink.accounts.policies import NotAllowed
from spink.foundation import clock
from spink.foundation.models import AuditEntry
from tests.factories.accounts import TESTS, UnitFactory, UserFactory, holding

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen_clock")]


def audited() -> list[str]:
    return list(AuditEntry.objects.order_by("id").values_list("action", flat=True))


def test_created_user_has_the_roles_given() -> None:
    unit = UnitFactory()
    user = create_user(
        "anna", roles=[NewRole(role=Role.SOCIAL_WORKER, unit=unit)], password="x", by=TESTS
    )
    assert queries.reach_of_user(user).filing_unit_ids == {unit.pk}
    assert user.check_password("x")
    assert audited() == ["user_created", "role_assigned"]


def test_user_created_without_a_password_cannot_log_in() -> None:
    assert not create_user("anna", by=TESTS).has_usable_password()


@pytest.mark.parametrize("role", [Role.SOCIAL_WORKER, Role.PLACEMENT_OFFICER])
def test_role_without_its_place_is_refused_and_leaves_no_user(role: Role) -> None:
    with pytest.raises(ValidationError):
        create_user("anna", roles=[NewRole(role=role)], by=TESTS)
    assert not User.objects.filter(username="anna").exists()
    assert audited() == []


def test_nobody_gives_a_role_to_oneself() -> None:
    administrator = holding(Role.ADMINISTRATOR)
    with pytest.raises(NotAllowed):
        assign_role(
            administrator,
            NewRole(role=Role.SOCIAL_WORKER, unit=UnitFactory()),
            by=administrator.actor,
        )
    assert queries.reach_of_user(administrator).unit_ids == frozenset()


def test_ended_role_holds_no_more() -> None:
    user = holding(Role.SOCIAL_WORKER, unit=UnitFactory())
    end_role(RoleAssignment.objects.get(user=user), by=TESTS)
    assert queries.reach_of_user(user).unit_ids == frozenset()
    assert RoleAssignment.objects.get(user=user).valid_to == clock.today() - timedelta(days=1)


def test_role_ended_on_its_first_day_is_gone() -> None:
    user = UserFactory()
    role = assign_role(user, NewRole(role=Role.SOCIAL_WORKER, unit=UnitFactory()), by=TESTS)
    end_role(role, by=TESTS)
    assert not RoleAssignment.objects.filter(user=user).exists()
    assert audited() == ["role_assigned", "role_ended"]


def test_inactive_user_reaches_nothing() -> None:
    user = holding(Role.SOCIAL_WORKER, unit=UnitFactory(), is_active=False)
    assert queries.reach_of_user(user).roles == frozenset()


def test_shift_opens_the_own_municipality_with_its_reason() -> None:
    user = holding(Role.OUT_OF_HOURS_WORKER, unit=UnitFactory())
    start_duty_shift(user, reason=" Natt ", by=user.actor)
    reach = queries.reach_of_user(user)
    assert reach.duty_municipality_codes == {"1480"}
    assert reach.duty_reason == "Natt"
    assert audited() == ["duty_shift_started"]


@pytest.mark.parametrize("hours", [1, 16])
def test_shift_is_over_after_its_hours(frozen_clock: datetime, hours: int) -> None:
    user = holding(Role.OUT_OF_HOURS_WORKER, unit=UnitFactory())
    start_duty_shift(user, reason="Natt", by=user.actor, hours=hours)
    with clock.frozen(frozen_clock + timedelta(hours=hours, seconds=-1)):
        assert queries.reach_of_user(user).is_on_duty
    with clock.frozen(frozen_clock + timedelta(hours=hours)):
        assert not queries.reach_of_user(user).is_on_duty


@pytest.mark.parametrize("hours", [0, 17])
def test_shift_of_no_or_too_many_hours_is_refused(hours: int) -> None:
    user = holding(Role.OUT_OF_HOURS_WORKER, unit=UnitFactory())
    with pytest.raises(ValidationError):
        start_duty_shift(user, reason="Natt", by=user.actor, hours=hours)
    assert not DutyShift.objects.exists()


def test_shift_without_a_reason_is_refused() -> None:
    user = holding(Role.OUT_OF_HOURS_WORKER, unit=UnitFactory())
    with pytest.raises(ValidationError):
        start_duty_shift(user, reason="  ", by=user.actor)
    assert not DutyShift.objects.exists()


def test_shift_of_somebody_without_the_role_is_refused() -> None:
    user = holding(Role.SOCIAL_WORKER, unit=UnitFactory())
    with pytest.raises(NotAllowed):
        start_duty_shift(user, reason="Natt", by=user.actor)


def test_second_shift_while_on_duty_is_refused() -> None:
    user = holding(Role.OUT_OF_HOURS_WORKER, unit=UnitFactory())
    start_duty_shift(user, reason="Natt", by=user.actor)
    with pytest.raises(NotAllowed):
        start_duty_shift(user, reason="Natt", by=user.actor)
    assert DutyShift.objects.count() == 1


def test_ended_shift_shuts_the_municipality() -> None:
    user = holding(Role.OUT_OF_HOURS_WORKER, unit=UnitFactory())
    start_duty_shift(user, reason="Natt", by=user.actor)
    assert end_duty_shift(user, by=user.actor) == 1
    assert not queries.reach_of_user(user).is_on_duty
    assert end_duty_shift(user, by=user.actor) == 0
    assert audited() == ["duty_shift_started", "duty_shift_ended"]
