"""Who sees what among persons and requests, as the design's table says."""

from typing import Any

import pytest

from spink.accounts.domain.reach import Duty, HeldRole, Reach, reach_of
from spink.accounts.domain.roles import SCOPE_OF_ROLE, Role, Scope

PLACES: dict[Any, Any] = {
    Scope.UNIT: {"unit_id": 1, "municipality_code": "1480"},
    Scope.DEPARTMENT: {"department_id": 2},
    Scope.TEAM: {"placement_function_id": 3},
    Scope.WHOLE: {},
}
SEEN: dict[Role, dict[str, Any]] = {
    Role.SOCIAL_WORKER: {"unit_ids": {1}, "filing_unit_ids": {1}},
    Role.OUT_OF_HOURS_WORKER: {"unit_ids": {1}, "filing_unit_ids": {1}},
    Role.UNIT_MANAGER: {"unit_ids": {1}},
    Role.LOCAL_PROCUREMENT_COORDINATOR: {"purchase_department_ids": {2}},
    Role.PLACEMENT_OFFICER: {"placement_function_ids": {3}},
    Role.QUALITY_CONTROLLER: {"controls_providers": True},
    Role.LAWYER: {"controls_providers": True},
    Role.CATEGORY_LEAD: {},
    Role.CONTROLLER: {},
    Role.ADMINISTRATOR: {},
}


def test_reach_table_names_every_role() -> None:
    assert set(SEEN) == set(Role)


@pytest.mark.parametrize("role", Role)
def test_reach_of_one_role_is_that_of_the_table(role: Role) -> None:
    held = HeldRole(role, **PLACES[SCOPE_OF_ROLE[role]])
    expected = {
        name: seen if isinstance(seen, bool) else frozenset(seen)
        for name, seen in SEEN[role].items()
    }
    assert reach_of(user_id=7, held=[held]) == Reach(
        user_id=7, roles=frozenset({role}), held=(held,), **expected
    )


def test_reach_of_several_roles_is_their_union() -> None:
    both = reach_of(
        user_id=7,
        held=[HeldRole(Role.UNIT_MANAGER, 1), HeldRole(Role.SOCIAL_WORKER, 2)],
    )
    assert both.unit_ids == {1, 2}
    assert both.filing_unit_ids == {2}


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.OUT_OF_HOURS_WORKER}))
def test_shift_without_the_out_of_hours_role_shows_nothing_more(role: Role) -> None:
    held = HeldRole(role, **PLACES[SCOPE_OF_ROLE[role]])
    reach = reach_of(user_id=7, held=[held], duty=[Duty("1480", "jour")])
    assert reach.duty_municipality_codes == frozenset()
    assert reach.duty_reason == ""


def test_shift_in_a_municipality_where_the_role_is_not_held_does_not_count() -> None:
    held = HeldRole(Role.OUT_OF_HOURS_WORKER, 1, municipality_code="1480")
    reach = reach_of(user_id=7, held=[held], duty=[Duty("1480", "natt"), Duty("1481", "helg")])
    assert reach.duty_municipality_codes == {"1480"}
    assert reach.duty_reason == "natt"
    assert reach.is_on_duty
