"""Which role may do what: one table, read by the policies and tested as a whole.

What a role may do says nothing about whose requests: that is the reach (`domain/reach.py`).
"""

from collections.abc import Iterable
from enum import StrEnum

from spink.accounts.domain.roles import Role


class Capability(StrEnum):
    READ_REQUESTS = "read_requests"
    FILE_REQUEST = "file_request"
    MATCH_REQUEST = "match_request"
    GO_ON_DUTY = "go_on_duty"
    READ_REGISTER = "read_register"
    KEEP_REGISTER = "keep_register"
    READ_FINDINGS = "read_findings"
    TRIAGE_FINDINGS = "triage_findings"
    READ_VETTINGS = "read_vettings"
    VET_PROVIDERS = "vet_providers"
    FILE_COMPLAINT = "file_complaint"
    FOLLOW_COMPLAINTS = "follow_complaints"
    """Those of the own unit."""
    READ_COMPLAINTS = "read_complaints"
    HANDLE_COMPLAINTS = "handle_complaints"
    FILE_DEVIATION = "file_deviation"
    """And follow those of the own unit, or the own."""
    HANDLE_DEVIATIONS = "handle_deviations"
    READ_REVIEWS = "read_reviews"
    REVIEW_PROVIDERS = "review_providers"
    GIVE_LEGAL_VIEW = "give_legal_view"
    READ_OFFENCES = "read_offences"
    READ_VISITS = "read_visits"
    PLAN_VISITS = "plan_visits"
    READ_FIGURES = "read_figures"
    READ_FOLLOW_UP = "read_follow_up"
    """Counts alone: what the control of providers has come to in a period."""
    ADMINISTER = "administer"
    REVIEW_ACCESS_LOG = "review_access_log"
    FOLLOW_UP_REVIEWS = "follow_up_reviews"
    SELF_CHECK = "self_check"


_C = Capability
_FILES = frozenset(
    {
        _C.READ_REQUESTS,
        _C.FILE_REQUEST,
        _C.READ_REGISTER,
        _C.FILE_COMPLAINT,
        _C.FOLLOW_COMPLAINTS,
        _C.FILE_DEVIATION,
    }
)

CAPABILITIES: dict[Role, frozenset[Capability]] = {
    Role.SOCIAL_WORKER: _FILES,
    Role.OUT_OF_HOURS_WORKER: _FILES | {_C.GO_ON_DUTY},
    Role.UNIT_MANAGER: frozenset(
        {
            _C.READ_REQUESTS,
            _C.READ_REGISTER,
            _C.REVIEW_ACCESS_LOG,
            _C.FOLLOW_COMPLAINTS,
            _C.FILE_DEVIATION,
        }
    ),
    Role.LOCAL_PROCUREMENT_COORDINATOR: frozenset(
        {_C.READ_REQUESTS, _C.READ_REGISTER, _C.FILE_DEVIATION}
    ),
    Role.PLACEMENT_OFFICER: frozenset(
        {
            _C.READ_REQUESTS,
            _C.MATCH_REQUEST,
            _C.READ_REGISTER,
            _C.READ_VISITS,
            _C.PLAN_VISITS,
            _C.SELF_CHECK,
            _C.FILE_DEVIATION,
        }
    ),
    Role.QUALITY_CONTROLLER: frozenset(
        {
            _C.READ_REGISTER,
            _C.KEEP_REGISTER,
            _C.READ_FINDINGS,
            _C.TRIAGE_FINDINGS,
            _C.READ_VETTINGS,
            _C.VET_PROVIDERS,
            _C.READ_COMPLAINTS,
            _C.HANDLE_COMPLAINTS,
            _C.FILE_DEVIATION,
            _C.HANDLE_DEVIATIONS,
            _C.READ_REVIEWS,
            _C.REVIEW_PROVIDERS,
            _C.READ_OFFENCES,
            _C.READ_VISITS,
            _C.PLAN_VISITS,
            _C.READ_FOLLOW_UP,
        }
    ),
    Role.LAWYER: frozenset(
        {
            _C.READ_REGISTER,
            _C.FOLLOW_UP_REVIEWS,
            _C.READ_FINDINGS,
            _C.READ_VETTINGS,
            _C.READ_COMPLAINTS,
            _C.READ_REVIEWS,
            _C.GIVE_LEGAL_VIEW,
            _C.READ_OFFENCES,
            _C.READ_VISITS,
            _C.READ_FOLLOW_UP,
        }
    ),
    Role.CATEGORY_LEAD: frozenset({_C.READ_REGISTER, _C.READ_FIGURES, _C.READ_FOLLOW_UP}),
    Role.CONTROLLER: frozenset({_C.READ_REGISTER, _C.READ_FIGURES, _C.READ_FOLLOW_UP}),
    Role.ADMINISTRATOR: frozenset({_C.READ_REGISTER, _C.ADMINISTER}),
}


def capabilities_of(roles: Iterable[Role]) -> frozenset[Capability]:
    """The union of what the roles may do; none for somebody without a role."""
    return frozenset().union(*(CAPABILITIES[role] for role in roles))
