"""What sources say of a provider: facts that hold until another is said, and what has happened."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

Value: TypeAlias = bool | int | str | tuple[str, ...]


class Fact(StrEnum):
    """A fact's kind says what its value is; see `KINDS`."""

    REGISTERED = "registered"
    DEREGISTERED = "deregistered"
    """The day, or an empty text."""
    PROCEDURES = "procedures"
    """Codes of what goes on to end or to restructure it: KK (bankruptcy), LI (liquidation), …"""
    ACTIVE = "active"
    NAME = "name"
    LEGAL_FORM = "legal_form"
    F_TAX = "f_tax"
    EMPLOYER = "employer"
    DEBTS = "debts"
    """Kronor at the enforcement authority."""
    CREDIT_RATING = "credit_rating"
    PERMITS = "permits"
    """The numbers of the permits that it holds."""
    INSPECTION = "inspection"
    ARTICLE = "article"
    NOTED = "noted"


KINDS: dict[Fact, type] = {
    Fact.REGISTERED: bool,
    Fact.DEREGISTERED: str,
    Fact.PROCEDURES: tuple,
    Fact.ACTIVE: bool,
    Fact.NAME: str,
    Fact.LEGAL_FORM: str,
    Fact.F_TAX: bool,
    Fact.EMPLOYER: bool,
    Fact.DEBTS: int,
    Fact.CREDIT_RATING: str,
    Fact.PERMITS: tuple,
}
"""Of the facts that hold. The others happen."""

HAPPENINGS = frozenset(Fact) - frozenset(KINDS)


class Severity(StrEnum):
    CRITICAL = "critical"
    SERIOUS = "serious"
    NOTICE = "notice"


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that a source tells of once: an article, a decision, what somebody noted.

    `key` is the same each time that it is told of. `severity` is given by whoever tells.
    """

    fact: Fact
    key: str
    title: str
    link: str = ""
    day: str = ""
    severity: Severity | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What a source says of one provider. A fact that is left out is not known to it."""

    facts: Mapping[Fact, Value] = field(default_factory=dict)
    happenings: tuple[Happening, ...] = ()


@dataclass(frozen=True, slots=True)
class Subject:
    """Whom a source is asked about. A sole trader's number is a person's: it is never printed."""

    number: str = field(repr=False)
    names: tuple[str, ...] = ()


class Problem(StrEnum):
    """Why a source gave no answer that can be believed."""

    UNREACHABLE = "unreachable"
    SLOW = "slow"
    BUSY = "busy"
    FAILED = "failed"
    REFUSED = "refused"
    """It does not let us ask: wrong credentials, or no agreement any more."""
    MALFORMED = "malformed"
    OTHER_NUMBER = "other_number"
    TOO_LARGE = "too_large"
    REDIRECTED = "redirected"
    FORBIDDEN_ADDRESS = "forbidden_address"
    MISSING = "missing"
    OLD = "old"
    TOO_FEW = "too_few"


PASSING = frozenset({Problem.UNREACHABLE, Problem.SLOW, Problem.BUSY, Problem.FAILED})
"""Worth to ask again at once."""
