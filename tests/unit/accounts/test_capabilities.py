"""What each role may do, walked as a whole: every role against every capability."""

import pytest

from spink.accounts.domain.capabilities import CAPABILITIES, Capability, capabilities_of
from spink.accounts.domain.reach import NOTHING, Reach
from spink.accounts.domain.roles import Role
from spink.accounts.policies import REASONS, NotAllowed, can, check_can, may_use_admin

MATRIX = """
                              ask file match duty reg keep found judge vets vet fig adm log num
social_worker                 yes yes  -     -    yes -    -     -     -    -   -   -   -   -
out_of_hours_worker           yes yes  -     yes  yes -    -     -     -    -   -   -   -   -
unit_manager                  yes -    -     -    yes -    -     -     -    -   -   -   yes -
local_procurement_coordinator yes -    -     -    yes -    -     -     -    -   -   -   -   -
placement_officer             yes -    yes   -    yes -    -     -     -    -   -   -   -   -
quality_controller            -   -    -     -    yes yes  yes   yes   yes  yes -   -   -   -
lawyer                        -   -    -     -    yes -    yes   -     yes  -   -   -   -   yes
category_lead                 -   -    -     -    yes -    -     -     -    -   yes -   -   -
controller                    -   -    -     -    yes -    -     -     -    -   yes -   -   -
administrator                 -   -    -     -    yes -    -     -     -    -   -   yes -   -
"""
HEADS = "ask file match duty reg keep found judge vets vet fig adm log num"
COLUMNS = dict(zip(HEADS.split(), Capability, strict=True))


def cells() -> list[tuple[Role, Capability, bool]]:
    header, *rows = [line.split() for line in MATRIX.strip().splitlines()]
    return [
        (Role(role), COLUMNS[column], cell == "yes")
        for role, *given in rows
        for column, cell in zip(header, given, strict=True)
    ]


def test_matrix_has_every_role_and_capability() -> None:
    assert len(cells()) == len(Role) * len(Capability)
    assert set(CAPABILITIES) == set(Role)
    assert set(REASONS) == set(Capability)


@pytest.mark.parametrize(("role", "capability", "allowed"), cells())
def test_role_may_do_what_the_matrix_says(
    role: Role, capability: Capability, allowed: bool
) -> None:
    assert can(Reach(user_id=1, roles=frozenset({role})), capability) is allowed


@pytest.mark.parametrize("capability", Capability)
def test_nobody_without_a_role_may_do_anything(capability: Capability) -> None:
    with pytest.raises(NotAllowed) as refused:
        check_can(NOTHING, capability)
    assert str(refused.value) == str(REASONS[capability])


def test_capabilities_of_two_roles_are_both() -> None:
    both = capabilities_of({Role.QUALITY_CONTROLLER, Role.CONTROLLER})
    keeps = {Capability.READ_REGISTER, Capability.KEEP_REGISTER}
    follows = {Capability.READ_FINDINGS, Capability.TRIAGE_FINDINGS}
    vets = {Capability.READ_VETTINGS, Capability.VET_PROVIDERS}
    assert both == keeps | follows | vets | {Capability.READ_FIGURES}


@pytest.mark.parametrize("role", Role)
def test_admin_is_open_to_those_who_keep_something_there(role: Role) -> None:
    keepers = {Role.QUALITY_CONTROLLER}
    assert may_use_admin(Reach(user_id=1, roles=frozenset({role}))) is (role in keepers)
