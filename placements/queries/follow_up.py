"""The whole follow-up report: the control of providers, and what is said of the own handling."""

from placements.domain.follow_up import PROCESS_DEVIATIONS, OwnBy
from placements.queries.deviations import Deviations, deviations, filed_between
from providers.domain.control.follow_up import Measured, Period
from providers.queries.control.follow_up import measured, split_up
from spink.accounts import wall
from spink.accounts.domain.jobs import SystemJob


def deviations_in(period: Period) -> Deviations:
    return filed_between(deviations(), since=period.first, until=period.last)


def report(period: Period) -> list[Measured]:
    """Counts alone leave the wall of the job."""
    by = {OwnBy.CATEGORY: "category", OwnBy.OUTCOME: "outcome"}
    with wall.opened_for_job(SystemJob.COUNT_FOLLOW_UP):
        own = split_up(PROCESS_DEVIATIONS, deviations_in(period), by)
        return [*measured(period), own]
