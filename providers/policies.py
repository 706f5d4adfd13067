"""Who may see and do what in the register, beyond what a role's capabilities say."""

from spink.accounts.domain.capabilities import Capability
from spink.accounts.domain.reach import Reach
from spink.accounts.domain.roles import Role
from spink.accounts.policies import can

QUALITY_ROLES = frozenset({Role.QUALITY_CONTROLLER, Role.LAWYER})


def can_see_why_stopped(reach: Reach) -> bool:
    """The reason for a stop, and who decided it, are the quality team's and the lawyer's."""
    return bool(QUALITY_ROLES & reach.roles)


def can_keep_register(reach: Reach) -> bool:
    return can(reach, Capability.KEEP_REGISTER)
