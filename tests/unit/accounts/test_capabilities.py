"""What each role may do, walked as a whole: every role against every capability."""

import pytest

from spink.accounts.domain.capabilities import CAPABILITIES, Capability, capabilities_of
from spink.accounts.domain.reach import NOTHING, Reach
from spink.accounts.domain.roles import Role
from spink.accounts.policies import REASONS, NotAllowed, can, check_can, may_use_admin

MATRIX = """
                              ask file match duty reg keep found judge vets vet fig adm log num self
social_worker                 yes yes  -     -    yes -    -     -     -    -   -   -   -   -   -
out_of_hours_worker           yes yes  -     yes  yes -    -     -     -    -   -   -   -   -   -
unit_manager                  yes -    -     -    yes -    -     -     -    -   -   -   yes -   -
local_procurement_coordinator yes -    -     -    yes -    -     -     -    -   -   -   -   -   -
placement_officer             yes -    yes   -    yes -    -     -     -    -   -   -   -   -   yes
quality_controller            -   -    -     -    yes yes  yes   yes   yes  yes -   -   -   -   -
lawyer                        -   -    -     -    yes -    yes   -     yes  -   -   -   -   yes -
category_lead                 -   -    -     -    yes -    -     -     -    -   yes -   -   -   -
controller                    -   -    -     -    yes -    -     -     -    -   yes -   -   -   -
administrator                 -   -    -     -    yes -    -     -     -    -   -   yes -   -   -
"""
HEADS = "ask file match duty reg keep found judge vets vet fig adm log num self"
_C = Capability
OF_COMPLAINTS = {
    "complain": _C.FILE_COMPLAINT,
    "own": _C.FOLLOW_COMPLAINTS,
    "read": _C.READ_COMPLAINTS,
    "handle": _C.HANDLE_COMPLAINTS,
}
COMPLAINTS = """
                              complain own read handle
social_worker                 yes      yes -    -
out_of_hours_worker           yes      yes -    -
unit_manager                  -        yes -    -
local_procurement_coordinator -        -   -    -
placement_officer             -        -   -    -
quality_controller            -        -   yes  yes
lawyer                        -        -   yes  -
category_lead                 -        -   -    -
controller                    -        -   -    -
administrator                 -        -   -    -
"""
OTHERS = [one for one in Capability if one not in OF_COMPLAINTS.values()]
COLUMNS = dict(zip(HEADS.split(), OTHERS, strict=True)) | OF_COMPLAINTS


def cells() -> list[tuple[Role, Capability, bool]]:
    return [*_cells_of(MATRIX), *_cells_of(COMPLAINTS)]


def _cells_of(matrix: str) -> list[tuple[Role, Capability, bool]]:
    header, *rows = [line.split() for line in matrix.strip().splitlines()]
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
    complaints = {Capability.READ_COMPLAINTS, Capability.HANDLE_COMPLAINTS}
    assert both == keeps | follows | vets | complaints | {Capability.READ_FIGURES}


@pytest.mark.parametrize("role", Role)
def test_admin_is_open_to_those_who_keep_something_there(role: Role) -> None:
    keepers = {Role.QUALITY_CONTROLLER}
    assert may_use_admin(Reach(user_id=1, roles=frozenset({role}))) is (role in keepers)
