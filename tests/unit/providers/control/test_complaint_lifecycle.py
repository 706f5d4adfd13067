"""What may be done with a complaint: every state against every step, on each rung."""

import pytest

from providers.domain.control.complaints import (
    HANDLED_HERE,
    ComplaintState,
    ComplaintStep,
    StepNotAllowed,
    state_after,
    steps_from,
)
from spink.catalogue.domain.ladder import LADDER, ProvisionForm

HERE = """
               received  sent      with_ink  answered     passed_back  closed
assign         received  sent      with_ink  answered     passed_back  -
correct_form   received  -         -         -            -            -
send           sent      -         -         -            -            -
hand_to_ink    -         -         -         -            -            -
take_back      -         received  received  -            -            -
record_answer  -         answered  answered  -            -            -
pass_back      -         -         -         passed_back  -            -
close          closed    closed    closed    -            closed       -
reopen         -         -         -         -            -            received
"""
FRAMEWORK = HERE.replace("send           sent    ", "send           -       ").replace(
    "hand_to_ink    -       ", "hand_to_ink    with_ink"
)


def cells() -> list[tuple[ProvisionForm, ComplaintStep, ComplaintState, str]]:
    return [
        (form, ComplaintStep(step), ComplaintState(state), cell)
        for form in LADDER
        for states, *rows in [_lines(HERE if form in HANDLED_HERE else FRAMEWORK)]
        for step, *given in rows
        for state, cell in zip(states, given, strict=True)
    ]


def _lines(matrix: str) -> list[list[str]]:
    return [line.split() for line in matrix.strip().splitlines()]


def test_matrix_has_every_state_and_step_on_every_rung() -> None:
    assert len(cells()) == len(LADDER) * len(ComplaintState) * len(ComplaintStep)


@pytest.mark.parametrize(("form", "step", "state", "expected"), cells())
def test_step_leads_where_the_matrix_says(
    form: ProvisionForm, step: ComplaintStep, state: ComplaintState, expected: str
) -> None:
    assert (step in steps_from(state, form)) is (expected != "-")
    if expected == "-":
        with pytest.raises(StepNotAllowed):
            state_after(step, state, form)
    else:
        assert state_after(step, state, form) == expected
