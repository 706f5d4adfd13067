"""The whole table of who decides which stop, on whom."""

from datetime import date, timedelta

import pytest

from providers.domain.stopping import InksDecision, Ruling, StopRefused, check, ruling
from providers.policies import stop_ruling
from spink.accounts.domain.reach import Reach
from spink.accounts.domain.roles import Role
from spink.catalogue.domain.ladder import ProvisionForm

TODAY = date(2025, 3, 3)
OWN, IOP, FRAMEWORK, AWARD = ProvisionForm
WORDS = {
    "spink": Ruling.SPINK_DECIDES,
    "ink": Ruling.INK_DECIDES,
    "no-award": Ruling.NOT_BY_DIRECT_AWARD,
    "no-framework": Ruling.NOT_ON_FRAMEWORK,
}
STANDINGS = {
    "none": (),
    "own": (OWN,),
    "iop": (IOP,),
    "framework": (FRAMEWORK,),
    "award": (AWARD,),
    "own+framework": (OWN, FRAMEWORK),
    "own+award": (OWN, AWARD),
    "framework+award": (FRAMEWORK, AWARD),
}
MATRIX = """
                recommendation_stop order_stop   paused unpublished
none            no-award            no-framework spink  spink
own             no-award            no-framework spink  spink
iop             no-award            no-framework spink  spink
framework       no-award            ink          ink    ink
award           spink               no-framework spink  spink
own+framework   no-award            ink          ink    ink
own+award       spink               no-framework spink  spink
framework+award spink               ink          ink    ink
"""


def cells() -> list[tuple[str, str, Ruling]]:
    header, *rows = [line.split() for line in MATRIX.strip().splitlines()]
    return [
        (kind, standing, WORDS[cell])
        for standing, *decided in rows
        for kind, cell in zip(header, decided, strict=True)
    ]


@pytest.mark.parametrize(("kind", "standing", "expected"), cells())
def test_who_decides_which_stop(kind: str, standing: str, expected: Ruling) -> None:
    assert ruling(kind, STANDINGS[standing]) == expected


@pytest.mark.parametrize("role", Role)
def test_stops_are_decided_by_quality_and_control_alone(role: Role) -> None:
    reach = Reach(user_id=1, roles=frozenset({role}))
    found = {stop_ruling(reach, kind, (AWARD,)) for kind in ("recommendation_stop", "paused")}
    decides = role is Role.QUALITY_CONTROLLER
    assert found == {Ruling.SPINK_DECIDES if decides else Ruling.NOT_ONES_TASK}


GIVEN = InksDecision("N123-0042/25", TODAY)


@pytest.mark.parametrize(
    ("kind", "standing", "decision"),
    [
        ("recommendation_stop", (FRAMEWORK,), GIVEN),
        ("order_stop", (AWARD,), GIVEN),
        ("order_stop", (FRAMEWORK,), None),
        ("order_stop", (FRAMEWORK,), InksDecision(" ", TODAY)),
        ("order_stop", (FRAMEWORK,), InksDecision("N1", TODAY + timedelta(days=1))),
        ("paused", (FRAMEWORK, AWARD), None),
    ],
)
def test_a_stop_that_nobody_has_decided_is_refused(
    kind: str, standing: tuple[ProvisionForm, ...], decision: InksDecision | None
) -> None:
    with pytest.raises(StopRefused):
        check(kind, standing, decision, today=TODAY)


def test_a_stop_that_is_decided_says_by_whom() -> None:
    assert check("order_stop", (FRAMEWORK,), GIVEN, today=TODAY) is Ruling.INK_DECIDES
    assert check("paused", (AWARD,), None, today=TODAY) is Ruling.SPINK_DECIDES
