"""What may be done with a vetting: every state against every step."""

import pytest

from providers.domain.control.vetting import (
    VettingState,
    VettingStep,
    VettingStepNotAllowed,
    vetting_after,
)

MATRIX = """
            ongoing    added    refused by_ink cancelled ended
assign      ongoing    added    -       -      -         -
check       ongoing    added    -       -      -         -
add_file    ongoing    added    -       -      -         -
remove_file ongoing    -        -       -      -         -
add         added      -        -       -      -         -
refuse      refused    -        -       -      -         -
cancel      cancelled  -        -       -      -         -
end         -          ended    -       ended  -         -
replace     -          ended    -       -      -         -
"""


def cells() -> list[tuple[VettingStep, VettingState, str]]:
    states, *rows = [line.split() for line in MATRIX.strip().splitlines()]
    return [
        (VettingStep(step), VettingState(state), cell)
        for step, *given in rows
        for state, cell in zip(states, given, strict=True)
    ]


def test_matrix_has_every_state_and_step() -> None:
    assert len(cells()) == len(VettingState) * len(VettingStep)


@pytest.mark.parametrize(("step", "state", "expected"), cells())
def test_step_leads_where_the_matrix_says(
    step: VettingStep, state: VettingState, expected: str
) -> None:
    if expected == "-":
        with pytest.raises(VettingStepNotAllowed):
            vetting_after(step, state)
    else:
        assert vetting_after(step, state) == expected
