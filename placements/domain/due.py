"""When a request should be answered, and when the social worker should report back.

The time is counted in working hours of the municipality's placement function, by urgency, and is
fixed when the request is sent. While the function waits for the social worker's answer to a
question its own time stands still: when the answer comes, the time moves by the working time that
the answer took. A time that had run out before the question was asked stays as it was: asking is no
way to be in time.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from placements.domain.values import Urgency
from placements.domain.working_time import Office
from spink.foundation.clock import STOCKHOLM


@dataclass(frozen=True, slots=True)
class Due:
    at: datetime
    hours: int
    """The working hours that it was counted from."""


def due_of(submitted_at: datetime, urgency: Urgency, office: Office) -> Due:
    """By when a recommendation should have been sent."""
    hours = office.rule_on(submitted_at.astimezone(STOCKHOLM).date()).hours[urgency]
    return Due(office.add(submitted_at, timedelta(hours=hours)), hours)


def paused_by(due_at: datetime, asked_at: datetime, answered_at: datetime, office: Office) -> int:
    """The working minutes for which the time stood still."""
    if due_at <= asked_at:
        return 0
    return int(office.between(asked_at, answered_at).total_seconds()) // 60


def after_pause(due_at: datetime, minutes: int, office: Office) -> datetime:
    return office.add(due_at, timedelta(minutes=minutes)) if minutes else due_at


def feedback_due_on(recommended_on: date, office: Office) -> date:
    days = office.rule_on(recommended_on).feedback_days
    return office.working_day(recommended_on, days)
