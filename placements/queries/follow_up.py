"""The whole follow-up report: the control of providers, and what is said of Spink itself."""

from providers.domain.control.follow_up import Measured, Period
from providers.queries.control.follow_up import measured
from spink.accounts import wall
from spink.accounts.domain.jobs import SystemJob


def report(period: Period) -> list[Measured]:
    """Counts alone leave the wall of the job."""
    with wall.opened_for_job(SystemJob.COUNT_FOLLOW_UP):
        return measured(period)
