"""What may be done with a process deviation: every state against every step, and by whom."""

import pytest

from placements.domain.deviations import (
    DeviationState,
    DeviationStep,
    DeviationStepNotAllowed,
    deviation_state_after,
    deviation_steps_from,
    may_handle_deviation,
)

MATRIX = """
           received      under_review  closed
take       under_review  -             -
hand_over  under_review  under_review  -
correct    received      under_review  -
note       -             under_review  -
close      -             closed        -
reopen     -             -             under_review
"""


def cells() -> list[tuple[DeviationStep, DeviationState, str]]:
    states, *rows = [line.split() for line in MATRIX.strip().splitlines()]
    return [
        (DeviationStep(step), DeviationState(state), cell)
        for step, *given in rows
        for state, cell in zip(states, given, strict=True)
    ]


def test_matrix_has_every_state_and_step() -> None:
    assert len(cells()) == len(DeviationState) * len(DeviationStep)


@pytest.mark.parametrize(("step", "state", "expected"), cells())
def test_step_leads_where_the_matrix_says(
    step: DeviationStep, state: DeviationState, expected: str
) -> None:
    assert (step in deviation_steps_from(state)) is (expected != "-")
    if expected == "-":
        with pytest.raises(DeviationStepNotAllowed):
            deviation_state_after(step, state)
    else:
        assert deviation_state_after(step, state) == expected


@pytest.mark.parametrize(
    ("user_id", "expected"), [(None, False), (1, False), (2, False), (3, False), (4, True)]
)
def test_neither_the_filer_nor_those_it_is_about_may_handle_it(
    user_id: int | None, expected: bool
) -> None:
    assert may_handle_deviation(user_id, filed_by_id=1, handlers=[2, 3]) is expected
