"""What each role may do, walked as a whole: every role against every capability."""

import pytest

from spink.accounts.domain.capabilities import CAPABILITIES, Capability, capabilities_of
from spink.accounts.domain.reach import NOTHING, Reach
from spink.accounts.domain.roles import Role
from spink.accounts.policies import REASONS, NotAllowed, can, check_can, may_use_admin

MATRIX = """
                  worker jour manager link officer quality lawyer lead controller admin
read_requests     yes    yes  yes     yes  yes     -       -      -    -          -
file_request      yes    yes  -       -    -       -       -      -    -          -
match_request     -      -    -       -    yes     -       -      -    -          -
go_on_duty        -      yes  -       -    -       -       -      -    -          -
read_register     yes    yes  yes     yes  yes     yes     yes    yes  yes        yes
keep_register     -      -    -       -    -       yes     -      -    -          -
read_findings     -      -    -       -    -       yes     yes    -    -          -
triage_findings   -      -    -       -    -       yes     -      -    -          -
read_vettings     -      -    -       -    -       yes     yes    -    -          -
vet_providers     -      -    -       -    -       yes     -      -    -          -
file_complaint    yes    yes  -       -    -       -       -      -    -          -
follow_complaints yes    yes  yes     -    -       -       -      -    -          -
read_complaints   -      -    -       -    -       yes     yes    -    -          -
handle_complaints -      -    -       -    -       yes     -      -    -          -
file_deviation    yes    yes  yes     yes  yes     yes     -      -    -          -
handle_deviations -      -    -       -    -       yes     -      -    -          -
read_reviews      -      -    -       -    -       yes     yes    -    -          -
review_providers  -      -    -       -    -       yes     -      -    -          -
give_legal_view   -      -    -       -    -       -       yes    -    -          -
read_offences     -      -    -       -    -       yes     yes    -    -          -
read_visits       -      -    -       -    yes     yes     yes    -    -          -
plan_visits       -      -    -       -    yes     yes     -      -    -          -
read_figures      -      -    -       -    -       -       -      yes  yes        -
read_follow_up    -      -    -       -    -       yes     yes    yes  yes        -
administer        -      -    -       -    -       -       -      -    -          yes
review_access_log -      -    yes     -    -       -       -      -    -          -
follow_up_reviews -      -    -       -    -       -       yes    -    -          -
self_check        -      -    -       -    yes     -       -      -    -          -
"""
HEADS = "worker jour manager link officer quality lawyer lead controller admin"
COLUMNS = dict(zip(HEADS.split(), Role, strict=True))


def cells() -> list[tuple[Role, Capability, bool]]:
    header, *rows = [line.split() for line in MATRIX.strip().splitlines()]
    return [
        (COLUMNS[column], Capability(capability), cell == "yes")
        for capability, *given in rows
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
    reviews = {
        Capability.READ_REVIEWS,
        Capability.REVIEW_PROVIDERS,
        Capability.READ_OFFENCES,
    }
    visits = {Capability.READ_VISITS, Capability.PLAN_VISITS}
    deviations = {Capability.FILE_DEVIATION, Capability.HANDLE_DEVIATIONS}
    figures = {Capability.READ_FIGURES, Capability.READ_FOLLOW_UP}
    controls = vets | complaints | reviews | visits | deviations
    assert both == keeps | follows | controls | figures


@pytest.mark.parametrize("role", Role)
def test_admin_is_open_to_those_who_keep_something_there(role: Role) -> None:
    keepers = {Role.QUALITY_CONTROLLER}
    assert may_use_admin(Reach(user_id=1, roles=frozenset({role}))) is (role in keepers)
