"""May this person do this now: `check_can_x` raises with a reason, `can_x` is for templates.

A view that lets `NotAllowed` through answers 403 with the reason. Whatever lies outside somebody's
own wall is not found at all (404), so that nobody learns that it exists.
"""

from django.core.exceptions import PermissionDenied
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from spink.accounts.domain.capabilities import Capability, capabilities_of
from spink.accounts.domain.reach import Reach
from spink.accounts.models import User
from spink.foundation.actor import Actor, ActorKind

REASONS: dict[Capability, Promise] = {
    Capability.READ_REQUESTS: _("Your role does not read placement requests."),
    Capability.FILE_REQUEST: _("Only social workers file placement requests."),
    Capability.MATCH_REQUEST: _("Only placement officers match requests."),
    Capability.GO_ON_DUTY: _("Only out-of-hours workers go on duty."),
    Capability.READ_REGISTER: _("You hold no role yet. Ask an administrator for one."),
    Capability.KEEP_REGISTER: _("Only quality and control change the register."),
    Capability.READ_FINDINGS: _("Only quality and control and the lawyer read findings."),
    Capability.TRIAGE_FINDINGS: _("Only quality and control decide about findings."),
    Capability.READ_VETTINGS: _("Only quality and control and the lawyer read vettings."),
    Capability.VET_PROVIDERS: _("Only quality and control vet providers."),
    Capability.FILE_COMPLAINT: _("Only social workers file complaints about providers."),
    Capability.FOLLOW_COMPLAINTS: _("Only social workers and their managers see these complaints."),
    Capability.READ_COMPLAINTS: _("Only quality and control and the lawyer read all complaints."),
    Capability.HANDLE_COMPLAINTS: _("Only quality and control handle complaints."),
    Capability.FILE_DEVIATION: _("Only those who file, match or control file deviations."),
    Capability.HANDLE_DEVIATIONS: _("Only quality and control handle deviations."),
    Capability.READ_REVIEWS: _("Only quality and control and the lawyer read in-depth reviews."),
    Capability.REVIEW_PROVIDERS: _("Only quality and control make in-depth reviews."),
    Capability.GIVE_LEGAL_VIEW: _("Only lawyers give the lawyer's view."),
    Capability.READ_OFFENCES: _("Only quality and control and the lawyer read offence data."),
    Capability.READ_VISITS: _("Only officers, quality and control and the lawyer read visits."),
    Capability.PLAN_VISITS: _("Only officers and quality and control plan and make visits."),
    Capability.READ_FIGURES: _("Your role does not read the figures."),
    Capability.READ_FOLLOW_UP: _("Your role does not read how providers are followed up."),
    Capability.REVIEW_ACCESS_LOG: _("Only unit managers review who has read requests."),
    Capability.FOLLOW_UP_REVIEWS: _("Only lawyers follow up the reviews of all departments."),
    Capability.SELF_CHECK: _("Only placement officers check their function's own handling."),
    Capability.ADMINISTER: _("Only administrators change people, departments and the catalogue."),
}


class NotAllowed(PermissionDenied):
    """Somebody may not do this now; `reason` says why, in words for that person."""

    def __init__(self, reason: Promise | str) -> None:
        super().__init__(reason)
        self.reason = reason

    def __str__(self) -> str:
        return str(self.reason)


def can(reach: Reach, capability: Capability) -> bool:
    return capability in capabilities_of(reach.roles)


def check_can(reach: Reach, capability: Capability) -> None:
    """Raises NotAllowed where no role of the user's carries the capability."""
    if not can(reach, capability):
        raise NotAllowed(REASONS[capability])


def may_use_admin(reach: Reach) -> bool:
    """Whether Django's administration is open at all: only the register still stands there."""
    return can(reach, Capability.KEEP_REGISTER)


def check_may_use_admin(reach: Reach) -> None:
    if not may_use_admin(reach):
        raise NotAllowed(REASONS[Capability.KEEP_REGISTER])


def is_oneself(user: User, by: Actor) -> bool:
    return by.kind is ActorKind.PERSON and by.id == str(user.pk)


def check_is_somebody_else(user: User, by: Actor) -> None:
    """Raises NotAllowed where somebody would change what he or she may do."""
    if is_oneself(user, by):
        raise NotAllowed(_("Nobody changes their own roles. Ask another administrator."))
