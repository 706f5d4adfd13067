"""What may be done with a review: every state against every step, and what it can come to."""

import pytest

from providers.domain.control.review import (
    DECISIONS,
    STOPPING,
    Decision,
    ReviewKind,
    ReviewState,
    ReviewStep,
    ReviewStepNotAllowed,
    review_after,
)

MATRIX = """
             open         with_lawyer  decided cancelled
assign       open         with_lawyer  -       -
check        open         with_lawyer  -       -
add_file     open         with_lawyer  -       -
remove_file  open         with_lawyer  -       -
visit        open         with_lawyer  -       -
ask_lawyer   with_lawyer  -            -       -
advise       open         open         -       -
decide       decided      decided      -       -
cancel       cancelled    cancelled    -       -
stop         -            -            decided -
follow_up    -            -            decided -
"""


def cells() -> list[tuple[ReviewStep, ReviewState, str]]:
    states, *rows = [line.split() for line in MATRIX.strip().splitlines()]
    return [
        (ReviewStep(step), ReviewState(state), cell)
        for step, *given in rows
        for state, cell in zip(states, given, strict=True)
    ]


def test_matrix_has_every_state_and_step() -> None:
    assert len(cells()) == len(ReviewState) * len(ReviewStep)


@pytest.mark.parametrize(("step", "state", "expected"), cells())
def test_step_leads_where_the_matrix_says(
    step: ReviewStep, state: ReviewState, expected: str
) -> None:
    if expected == "-":
        with pytest.raises(ReviewStepNotAllowed):
            review_after(step, state)
    else:
        assert review_after(step, state) == expected


def test_every_decision_belongs_to_one_kind_and_ink_decides_of_its_own_providers() -> None:
    every = [decision for kind in ReviewKind for decision in DECISIONS[kind]]
    assert sorted(every) == sorted(Decision)
    assert STOPPING & set(DECISIONS[ReviewKind.FOR_INK]) == set()
