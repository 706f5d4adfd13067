"""Which checks apply, how long they hold, and what stands in the way of adding a provider."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from providers.domain.control.checks import (
    HOLDS,
    Check,
    CheckResult,
    Made,
    Missing,
    Standing,
    UnknownForm,
    checks_for,
    in_the_way,
    standing,
)
from providers.models import LegalForm

APPLIES = """
                     company trading economic association foundation trader municipal region state
finances             yes     yes     yes      -           -          yes    -         -      -
f_tax                yes     yes     yes      -           -          yes    -         -      -
employer             yes     yes     yes      -           -          yes    -         -      -
tax_registration     -       -       -        yes         yes        -      -         -      -
debts                -       -       -        yes         yes        yes    -         -      -
court_of_company     yes     yes     yes      -           -          -      -         -      -
court_of_board       yes     yes     yes      yes         yes        -      -         -      -
court_of_signatories -       -       -        yes         yes        -      -         -      -
court_of_trader      -       -       -        -           -          yes    -         -      -
permit               -       -       -        -           -          -      -         -      -
inspections          -       -       -        -           -          -      -         -      -
unit_director        -       -       -        -           -          -      -         -      -
"""
"""Where no permit is needed; where one is, the last three apply to all."""
OF_PERMIT = {Check.PERMIT, Check.INSPECTIONS, Check.UNIT_DIRECTOR}
DAY = date(2025, 3, 3)
DAYS = st.dates(date(2024, 1, 1), date(2027, 1, 1))
ANSWERS = st.builds(Made, st.sampled_from(CheckResult), DAYS)


def columns() -> list[tuple[LegalForm, set[Check]]]:
    heads, *rows = [line.split() for line in APPLIES.strip().splitlines()]
    assert {row[0] for row in rows} == set(Check)
    return [
        (form, {Check(row[0]) for row in rows if row[place] == "yes"})
        for place, form in enumerate(LegalForm, start=1)
        if len(heads) == len(LegalForm)
    ]


def test_every_legal_form_stands_in_the_table() -> None:
    assert [form for form, _ in columns()] == list(LegalForm)


@pytest.mark.parametrize(("form", "expected"), columns())
def test_checks_follow_the_legal_form_and_the_permit(form: LegalForm, expected: set[Check]) -> None:
    assert set(checks_for(form, needs_permit=False)) == expected
    assert set(checks_for(form, needs_permit=True)) == expected | OF_PERMIT


def test_nothing_is_asked_of_a_provider_whose_form_nobody_has_told() -> None:
    with pytest.raises(UnknownForm):
        checks_for("", needs_permit=True)


def test_every_check_has_a_time_that_it_holds() -> None:
    assert set(HOLDS) == set(Check)
    assert min(HOLDS.values()) > timedelta(days=90)


@pytest.mark.parametrize(
    ("days", "expected"),
    [(-1, Standing.OVERDUE), (0, Standing.DUE_SOON), (30, Standing.DUE_SOON), (31, Standing.HOLDS)],
)
def test_check_is_told_of_so_many_days_before_it_runs_out(days: int, expected: Standing) -> None:
    made = Made(CheckResult.PASSED, DAY + timedelta(days=days))
    assert standing(made, DAY, warned=timedelta(days=30)) is expected
    assert standing(None, DAY, warned=timedelta(days=30)) is Standing.TO_DO


@given(st.sets(st.sampled_from(Check)), st.dictionaries(st.sampled_from(Check), ANSWERS), DAYS)
def test_provider_is_added_when_each_check_is_made_holds_and_is_not_failed(
    asked: set[Check], made: dict[str, Made], day: date
) -> None:
    fit = {
        check
        for check, one in made.items()
        if one.result is not CheckResult.FAILED and one.holds_until >= day
    }
    found = in_the_way(sorted(asked), made, day)
    assert {check for check, _ in found} == asked - fit
    not_made = {check for check, why in found if why is Missing.NOT_MADE}
    assert not_made == asked - set(made)
