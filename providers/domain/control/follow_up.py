"""What the control of providers has come to in a period: which rows count, and on which day.

Both days of the period belong to it, and a day begins at midnight in Sweden. A measure that is a
part of another counts among the very rows of its whole, so that their share always makes sense.

- Vettings count on the day of the decision to add the provider or not. INK's do not count, nor one
  that was broken off. One that was added and has ended since still counts as added.
- Complaints count on the day they were filed, those that are handled here alone: those on
  framework providers are passed to INK and stand beside. That one led to a stop is its outcome.
- In-depth reviews count on the day of the decision; visits at INK's request are no reviews.
- Incident-driven visits count on the day of the visit, also those that INK has asked for.
- Stops count on the day of the decision: INK's day where INK decided, or else the day when it was
  set (of one that says neither: its first day). A stop on a whole provider or group is one. An
  unpublishing counts where Spink decided it and the provider is, or has been, bought from by direct
  award. One that has been lifted still counts; one that was undone as a mistake does not.
- Visits with matching in mind count on the day they were made.

Nothing is set aside when a period ends: the figures are counted from the records as they stand. A
decision keeps its day, but what is written down late counts on the day when it happened, and the
outcome of a complaint, its provision form and the outcome of a visit are those that hold now.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Final

from spink.foundation.bad_input import BadInput

EARLIEST: Final = date(2000, 1, 1)
LATEST: Final = date(2999, 12, 31)


@dataclass(frozen=True, slots=True)
class Period:
    """Both days belong to it. Raises BadInput with the field that is wrong."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if not EARLIEST <= self.first <= LATEST:
            raise BadInput(f"is not between {EARLIEST} and {LATEST}", field="from")
        if not EARLIEST <= self.last <= LATEST:
            raise BadInput(f"is not between {EARLIEST} and {LATEST}", field="to")
        if self.last < self.first:
            raise BadInput("is before the first day", field="to")


def year_of(year: int) -> Period:
    return Period(date(year, 1, 1), date(year, 12, 31))


def half_year_before(day: date) -> Period:
    """The last one that was over when the day began."""
    if day.month > 6:
        return Period(date(day.year, 1, 1), date(day.year, 6, 30))
    return Period(date(day.year - 1, 7, 1), date(day.year - 1, 12, 31))


class Measure(StrEnum):
    """As they are named where the figures are handed on, in their order."""

    ONBOARDING_CHECKS = "onboarding_checks"
    ONBOARDING_CHECKS_REJECTED = "onboarding_checks_rejected"
    COMPLAINTS = "complaints"
    COMPLAINTS_LEADING_TO_STOP = "complaints_leading_to_stop"
    IN_DEPTH_REVIEWS = "in_depth_reviews"
    REVIEWS_STOPPING = "in_depth_reviews_leading_to_pause_or_removal"
    INCIDENT_DRIVEN_VISITS = "incident_driven_visits"
    ORDER_STOPS_FRAMEWORK = "order_stops_framework"
    UNPUBLISHED_DIRECT = "unpublished_direct"
    MATCHING_VISITS = "matching_visits"


WHOLES: Final = {
    Measure.ONBOARDING_CHECKS_REJECTED: Measure.ONBOARDING_CHECKS,
    Measure.COMPLAINTS_LEADING_TO_STOP: Measure.COMPLAINTS,
    Measure.REVIEWS_STOPPING: Measure.IN_DEPTH_REVIEWS,
}
"""Of those that count a part of another's rows."""


class By(StrEnum):
    """What a measure is split by."""

    VETTING_DECISION = "vetting_decision"
    VETTING_REASON = "vetting_reason"
    COMPLAINT_CATEGORY = "complaint_category"
    COMPLAINT_OUTCOME = "complaint_outcome"
    REVIEW_DECISION = "review_decision"
    REVIEW_REASON = "review_reason"
    REVIEW_KIND = "review_kind"
    STOP_REASON = "stop_reason"
    VISIT_MODE = "visit_mode"
    VISIT_OUTCOME = "visit_outcome"
    VISIT_COMPANY = "visit_company"
    TEAM = "team"
    PROVISION_FORM = "provision_form"


SEVERAL_A_ROW: Final = frozenset({By.VETTING_REASON, By.REVIEW_REASON})
"""A row can have several of these: the parts can add up to more than the measure."""

_COURT_RECORDS: Final = "court_records"
_OTHER: Final = "other"


def told_reasons(codes: Iterable[str], *, reads_offences: bool) -> set[str]:
    """That a court has said something is another reason, for who does not read what: beside a stop
    of the same day, which the register shows, it would tell of whom."""
    if reads_offences:
        return set(codes)
    return {_OTHER if code == _COURT_RECORDS else code for code in codes}


Counts = Mapping[str, int]
"""By code; of teams by name."""


@dataclass(frozen=True, slots=True)
class Measured:
    name: str
    count: int
    splits: Mapping[str, Counts] = field(default_factory=dict)
    out_of: int | None = None
    """Of a part: its whole."""
    left_to_ink: int = 0
    """What is alike and not counted, since INK handles it."""
