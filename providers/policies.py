"""Who may see and do what in the register, beyond what a role's capabilities say."""

from collections.abc import Collection

from providers.domain.stopping import Ruling, ruling
from spink.accounts.domain.capabilities import Capability
from spink.accounts.domain.reach import Reach
from spink.accounts.domain.roles import Role
from spink.accounts.policies import can
from spink.catalogue.domain.ladder import ProvisionForm

QUALITY_ROLES = frozenset({Role.QUALITY_CONTROLLER, Role.LAWYER})


def can_see_why_stopped(reach: Reach) -> bool:
    """The reason for a stop, and who decided it, are the quality team's and the lawyer's."""
    return bool(QUALITY_ROLES & reach.roles)


def can_see_planned_stops(reach: Reach) -> bool:
    """Stops that are to come: the quality roles, those who match and those who keep the register.
    Others are told of a stop once it holds."""
    return (
        can_see_why_stopped(reach)
        or can(reach, Capability.MATCH_REQUEST)
        or can_keep_register(reach)
    )


def can_keep_register(reach: Reach) -> bool:
    return can(reach, Capability.KEEP_REGISTER)


def stop_ruling(reach: Reach, kind: str, forms: Collection[ProvisionForm]) -> Ruling:
    """What the reader may do about a stop of the kind on units that stand on these rungs."""
    return ruling(kind, forms) if can_keep_register(reach) else Ruling.NOT_ONES_TASK


def can_see_protected_places(reach: Reach) -> bool:
    """Where protected housing lies, and whom to call there, is for those who match and those who
    keep the register: many read it, and a town with one shelter is as good as an address."""
    return can(reach, Capability.MATCH_REQUEST) or can_keep_register(reach)
