"""A placement function's hours in words."""

from dataclasses import dataclass
from datetime import date, time
from itertools import groupby

from django.utils.dates import WEEKDAYS
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from placements.domain.values import Urgency
from placements.domain.working_time import STANDARD, Hours, OfficeRule
from placements.web.shared.working_time import working_hours


@dataclass(frozen=True, slots=True)
class ShownHours:
    valid_from: date | None
    """None: the standard, which nobody has decided."""
    week: list[str]
    acute: str
    soon: str
    planned: str
    feedback: str
    jour_name: str
    jour_phone: str


def shown_hours(rule: OfficeRule) -> ShownHours:
    return ShownHours(
        valid_from=None if rule is STANDARD else rule.valid_from,
        week=_week(rule.week),
        acute=working_hours(rule.hours[Urgency.ACUTE]),
        soon=working_hours(rule.hours[Urgency.SOON]),
        planned=working_hours(rule.hours[Urgency.PLANNED]),
        feedback=ngettext("%(count)d working day", "%(count)d working days", rule.feedback_days)
        % {"count": rule.feedback_days},
        jour_name=rule.jour_name,
        jour_phone=rule.jour_phone,
    )


def _week(week: tuple[Hours | None, ...]) -> list[str]:
    """Days that follow each other with the same hours are said together; closed days are not."""
    said = []
    for hours, days in groupby(range(len(week)), key=lambda day: week[day]):
        numbers = list(days)
        if hours is not None:
            said.append(f"{_days(numbers)} {_clock(hours[0])}–{_clock(hours[1])}")
    return said or [_("Closed all week")]


def _days(numbers: list[int]) -> str:
    first, last = capfirst(str(WEEKDAYS[numbers[0]])), str(WEEKDAYS[numbers[-1]])
    return first if len(numbers) == 1 else f"{first}–{last}"


def _clock(at: time) -> str:
    return f"{at:%H:%M}"
