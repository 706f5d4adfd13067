"""What of a report somebody reads: the rows behind a figure those who read such rows anyhow."""

from typing import Final

from placements.domain.follow_up import PROCESS_DEVIATIONS
from placements.queries import follow_up
from providers import policies
from providers.domain.control.follow_up import Measure, Measured, Period
from spink.accounts.domain.capabilities import Capability
from spink.accounts.domain.reach import Reach
from spink.accounts.policies import can

_C = Capability
_NEEDED: Final[dict[str, Capability]] = {
    Measure.ONBOARDING_CHECKS: _C.READ_VETTINGS,
    Measure.ONBOARDING_CHECKS_REJECTED: _C.READ_VETTINGS,
    Measure.COMPLAINTS: _C.READ_COMPLAINTS,
    Measure.COMPLAINTS_LEADING_TO_STOP: _C.READ_COMPLAINTS,
    Measure.IN_DEPTH_REVIEWS: _C.READ_REVIEWS,
    Measure.REVIEWS_STOPPING: _C.READ_REVIEWS,
    Measure.INCIDENT_DRIVEN_VISITS: _C.READ_REVIEWS,
    Measure.MATCHING_VISITS: _C.READ_VISITS,
    PROCESS_DEVIATIONS: _C.HANDLE_DEVIATIONS,
}
_STOPS: Final = frozenset({Measure.ORDER_STOPS_FRAMEWORK, Measure.UNPUBLISHED_DIRECT})


def figures(period: Period, reach: Reach) -> list[Measured]:
    return follow_up.report(period, reads_offences=can(reach, _C.READ_OFFENCES))


def may_read_rows(measure: str, reach: Reach) -> bool:
    if measure in _STOPS:
        return policies.can_see_why_stopped(reach)
    return measure in _NEEDED and can(reach, _NEEDED[measure])
