"""When a request should be answered, and when the social worker should report back.

By urgency: acute within four hours, soon by the end of the next working day, planned within five
working days. Working days are Monday to Friday.
"""

from datetime import date, datetime, time, timedelta

from placements.domain.values import Urgency
from spink.foundation.clock import STOCKHOLM

ACUTE_WITHIN = timedelta(hours=4)
END_OF_DAY = time(17)
WORKING_DAYS = {Urgency.SOON: 1, Urgency.PLANNED: 5}
FEEDBACK_WORKING_DAYS = 3
SATURDAY = 5


def due_at(submitted_at: datetime, urgency: Urgency) -> datetime:
    """The aware time by which a recommendation should have been sent."""
    if urgency is Urgency.ACUTE:
        return submitted_at + ACUTE_WITHIN
    day = add_working_days(submitted_at.astimezone(STOCKHOLM).date(), WORKING_DAYS[urgency])
    return datetime.combine(day, END_OF_DAY, STOCKHOLM)


def feedback_due_on(recommended_on: date) -> date:
    return add_working_days(recommended_on, FEEDBACK_WORKING_DAYS)


def add_working_days(day: date, days: int) -> date:
    while days:
        day += timedelta(days=1)
        days -= day.weekday() < SATURDAY
    return day
