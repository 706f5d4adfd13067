"""Who may have what is controlled: nobody has what somebody who has left had."""

from spink.accounts import queries as accounts
from spink.accounts.domain.capabilities import Capability
from spink.accounts.domain.reach import Reach
from spink.accounts.domain.roles import Role
from spink.accounts.policies import can


def team_that_takes(reach: Reach, needed: Capability) -> frozenset[int]:
    """Those of the team now; empty for a reader who may take nothing."""
    if not can(reach, needed):
        return frozenset()
    return frozenset(one.pk for one in accounts.holders_of(Role.QUALITY_CONTROLLER))
