"""What may be done with a visit: every state against every step."""

import pytest

from providers.domain.control.visits import (
    StepNotAllowed,
    VisitState,
    VisitStep,
    state_after,
    steps_from,
)

MATRIX = """
         planned   made cancelled
change   planned   -    -
make     made      -    -
cancel   cancelled -    -
complete -         made -
"""


def cells() -> list[tuple[VisitStep, VisitState, str]]:
    states, *rows = [line.split() for line in MATRIX.strip().splitlines()]
    return [
        (VisitStep(step), VisitState(state), cell)
        for step, *given in rows
        for state, cell in zip(states, given, strict=True)
    ]


def test_matrix_has_every_state_and_step() -> None:
    assert len(cells()) == len(VisitState) * len(VisitStep)


@pytest.mark.parametrize(("step", "state", "expected"), cells())
def test_step_leads_where_the_matrix_says(
    step: VisitStep, state: VisitState, expected: str
) -> None:
    assert (step in steps_from(state)) is (expected != "-")
    if expected == "-":
        with pytest.raises(StepNotAllowed):
            state_after(step, state)
    else:
        assert state_after(step, state) == expected
