"""Which checks a provider goes through: they follow from its legal form and from permits."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final


class Check(StrEnum):
    FINANCES = "finances"
    """Credit rating and accounts, and what the auditor has remarked on."""
    F_TAX = "f_tax"
    EMPLOYER = "employer"
    TAX_REGISTRATION = "tax_registration"
    DEBTS = "debts"
    COURT_OF_COMPANY = "court_of_company"
    COURT_OF_BOARD = "court_of_board"
    COURT_OF_SIGNATORIES = "court_of_signatories"
    COURT_OF_TRADER = "court_of_trader"
    PERMIT = "permit"
    INSPECTIONS = "inspections"
    UNIT_DIRECTOR = "unit_director"


class CheckResult(StrEnum):
    PASSED = "passed"
    REMARKS = "remarks"
    """Something that somebody has to weigh, and that does not stand in the way by itself."""
    FAILED = "failed"


class Form(StrEnum):
    """The legal forms of the register as the checks tell them apart."""

    COMPANY = "company"
    ASSOCIATION = "association"
    SOLE_TRADER = "sole_trader"
    PUBLIC = "public"


FORMS: Final[Mapping[str, Form]] = {
    "company": Form.COMPANY,
    "trading_partnership": Form.COMPANY,
    "economic_association": Form.COMPANY,
    "association": Form.ASSOCIATION,
    "foundation": Form.ASSOCIATION,
    "sole_trader": Form.SOLE_TRADER,
    "municipality": Form.PUBLIC,
    "region": Form.PUBLIC,
    "state": Form.PUBLIC,
}
OF_FORM: Final[Mapping[Form, tuple[Check, ...]]] = {
    Form.COMPANY: (
        Check.FINANCES,
        Check.F_TAX,
        Check.EMPLOYER,
        Check.COURT_OF_COMPANY,
        Check.COURT_OF_BOARD,
    ),
    Form.ASSOCIATION: (
        Check.TAX_REGISTRATION,
        Check.DEBTS,
        Check.COURT_OF_BOARD,
        Check.COURT_OF_SIGNATORIES,
    ),
    Form.SOLE_TRADER: (
        Check.FINANCES,
        Check.F_TAX,
        Check.EMPLOYER,
        Check.DEBTS,
        Check.COURT_OF_TRADER,
    ),
    Form.PUBLIC: (),
}
OF_PERMIT: Final = (Check.PERMIT, Check.INSPECTIONS, Check.UNIT_DIRECTOR)
OF_COURTS: Final = frozenset(
    {
        Check.COURT_OF_COMPANY,
        Check.COURT_OF_BOARD,
        Check.COURT_OF_SIGNATORIES,
        Check.COURT_OF_TRADER,
    }
)

HALF_A_YEAR, A_YEAR = timedelta(days=182), timedelta(days=365)
HOLDS: Final[Mapping[Check, timedelta]] = dict.fromkeys(Check, A_YEAR) | {
    Check.FINANCES: HALF_A_YEAR,
    Check.DEBTS: HALF_A_YEAR,
    Check.F_TAX: HALF_A_YEAR,
    Check.EMPLOYER: HALF_A_YEAR,
    Check.TAX_REGISTRATION: HALF_A_YEAR,
}
"""What the page proposes; whoever makes the check says how long it holds."""


class UnknownForm(Exception):
    """Nobody has said what kind of organisation the provider is."""


def checks_for(legal_form: str, *, needs_permit: bool) -> tuple[Check, ...]:
    """In the order in which they are shown. Raises UnknownForm."""
    form = FORMS.get(legal_form)
    if form is None:
        raise UnknownForm(legal_form)
    return OF_FORM[form] + (OF_PERMIT if needs_permit else ())


@dataclass(frozen=True, slots=True)
class Made:
    """A check as it was last made."""

    result: CheckResult
    holds_until: date
    rests: bool = True
    """On something that can be shown: a reference, or a document that can be opened."""


class Standing(StrEnum):
    TO_DO = "to_do"
    OVERDUE = "overdue"
    DUE_SOON = "due_soon"
    HOLDS = "holds"


def standing(made: Made | None, day: date, *, warned: timedelta) -> Standing:
    """The last day that it holds is not overdue yet."""
    if made is None:
        return Standing.TO_DO
    if made.holds_until < day:
        return Standing.OVERDUE
    return Standing.DUE_SOON if made.holds_until <= day + warned else Standing.HOLDS


class Missing(StrEnum):
    """What stands in the way of adding a provider."""

    NOT_MADE = "not_made"
    RUN_OUT = "run_out"
    FAILED = "failed"
    NO_EVIDENCE = "no_evidence"


def in_the_way(
    asked: Collection[str], made: Mapping[str, Made], day: date
) -> list[tuple[str, Missing]]:
    """Each check that keeps the provider from being added, and why; none, and it may be."""
    found = ((check, _in_the_way(made.get(check), day)) for check in asked)
    return [(check, missing) for check, missing in found if missing is not None]


def _in_the_way(made: Made | None, day: date) -> Missing | None:
    if made is None:
        return Missing.NOT_MADE
    if made.result is CheckResult.FAILED:
        return Missing.FAILED
    if made.holds_until < day:
        return Missing.RUN_OUT
    return None if made.rests else Missing.NO_EVIDENCE
