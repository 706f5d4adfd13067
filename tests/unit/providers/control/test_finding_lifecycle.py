"""What may be done with a finding: every state against every step."""

import pytest

from providers.domain.control.lifecycle import (
    FindingState,
    FindingStep,
    StepNotAllowed,
    state_after,
)

MATRIX = """
           new        watched    review dismissed
assign     new        watched    -      -
watch      watched    watched    -      -
review     review     review     -      -
dismiss    dismissed  dismissed  -      -
reopen     -          -          -      new
"""


def cells() -> list[tuple[FindingStep, FindingState, str]]:
    states, *rows = [line.split() for line in MATRIX.strip().splitlines()]
    return [
        (FindingStep(step), FindingState(state), cell)
        for step, *given in rows
        for state, cell in zip(states, given, strict=True)
    ]


def test_matrix_has_every_state_and_step() -> None:
    assert len(cells()) == len(FindingState) * len(FindingStep)


@pytest.mark.parametrize(("step", "state", "expected"), cells())
def test_step_leads_where_the_matrix_says(
    step: FindingStep, state: FindingState, expected: str
) -> None:
    if expected == "-":
        with pytest.raises(StepNotAllowed):
            state_after(step, state)
    else:
        assert state_after(step, state) == expected
