"""Providers that asked to be added to the register in the second half of 2024.

Figures of `follow_up`: twenty, of which eleven were refused: for what IVO had found, for weak
finances, for what auditors had remarked on, and for want of an approved director.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, NamedTuple

from spink.sample.register.plans import Provider

FIRST: Final = date(2024, 7, 8)
APART: Final = timedelta(days=7)
ARRIVALS: Final = (date(2024, 7, 2), date(2024, 9, 16), date(2024, 10, 1), date(2024, 11, 11))
"""Editions of the register in which the applicants come into it, before they are vetted."""


class Asking(NamedTuple):
    profile: str
    idea_based: bool = False
    reasons: tuple[str, ...] = ()
    """For which it is refused; none, and it is added."""


IVO, FINANCES, AUDIT, DIRECTOR = (
    "ivo_findings",
    "weak_finances",
    "audit_remarks",
    "no_approved_director",
)
ASKING: Final = (
    Asking("children_home"),
    Asking("treatment_home", reasons=(FINANCES,)),
    Asking("foster"),
    Asking("children_home", reasons=(IVO,)),
    Asking("youth_housing", reasons=(DIRECTOR,)),
    Asking("social"),
    Asking("children_home", reasons=(IVO, DIRECTOR)),
    Asking("adult_outpatient", idea_based=True),
    Asking("short_term_psychiatric", reasons=(AUDIT,)),
    Asking("foster", reasons=(FINANCES, AUDIT)),
    Asking("youth_housing"),
    Asking("treatment_home", reasons=(IVO,)),
    Asking("children_home", idea_based=True),
    Asking("children_home", reasons=(FINANCES,)),
    Asking("shelter", idea_based=True),
    Asking("foster", reasons=(DIRECTOR,)),
    Asking("treatment_home"),
    Asking("children_home", reasons=(IVO,)),
    Asking("social", reasons=(AUDIT,)),
    Asking("foster"),
)


@dataclass(frozen=True)
class Application:
    """`unit` is the code of the unit that is let in; none where the provider is refused."""

    provider: Provider
    needs_permit: bool
    begun_on: date
    decided_on: date
    reasons: tuple[str, ...] = ()
    unit: str = ""


def begun_on(number: int) -> date:
    return FIRST + number * APART


def arrived_on(begun: date) -> date:
    return max(day for day in ARRIVALS if day <= begun)
