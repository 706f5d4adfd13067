"""The whole follow-up report: the control of providers, and what is said of the own handling."""

from typing import Any

from django.db.models import QuerySet

from placements.domain.follow_up import PROCESS_DEVIATIONS, OwnBy
from placements.queries.deviations import Deviations, deviations, filed_between
from providers.domain.control.follow_up import Measure, Measured, Period
from providers.queries.control import follow_up as control
from spink.accounts import wall
from spink.accounts.domain.jobs import SystemJob


def deviations_in(period: Period) -> Deviations:
    return filed_between(deviations(), since=period.first, until=period.last)


def rows_behind(measure: str, period: Period) -> QuerySet[Any]:
    """What the figure counts, as far as the reader sees them."""
    if measure == PROCESS_DEVIATIONS:
        return deviations_in(period)
    return control.rows_behind(Measure(measure), period)


def report(period: Period, *, reads_offences: bool = False) -> list[Measured]:
    """Counts alone leave the wall of the job."""
    by = {OwnBy.CATEGORY: "category", OwnBy.OUTCOME: "outcome"}
    with wall.opened_for_job(SystemJob.COUNT_FOLLOW_UP):
        own = control.split_up(PROCESS_DEVIATIONS, deviations_in(period), by)
        return [*control.measured(period, reads_offences=reads_offences), own]
