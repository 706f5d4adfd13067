"""The codes of a match, and of what providers answer, as officers read them."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from placements.matching.reasons import Reason
from providers.models import StopKind

REASONS: dict[str, Promise] = {
    Reason.WRONG_SERVICE: _("Another service"),
    Reason.WRONG_SUBTYPE: _("Another subtype"),
    Reason.NOT_OPEN: _("Not open on the start day"),
    Reason.AGE: _("The age"),
    Reason.COMPANION: _("A companion's age"),
    Reason.GENDER: _("The gender"),
    Reason.DRUG_FREE: _("Drug-free or not"),
    Reason.NEED_REFUSED: _("Does not take on the need"),
    Reason.NEED_NOT_MET: _("Does not meet a need"),
    Reason.PERMIT: _("No valid permit"),
    Reason.NO_FREE_PLACE: _("No free place"),
    Reason.STOPPED: _("Stopped"),
    Reason.NO_AGREEMENT: _("No agreement"),
    Reason.AGREEMENT_EXPIRED: _("The agreement does not hold on the start day"),
    Reason.EXCLUDED_AREA: _("In a municipality to avoid"),
    Reason.TOO_FAR: _("Too far away"),
    Reason.EXCLUDED_UNIT: _("Excepted in the request"),
}


def stop_word(kind: str) -> Promise | str:
    """A kind that is not known closes every rung, as a pause does."""
    return dict(StopKind.choices).get(kind, StopKind.PAUSED.label)


def reason_word(code: str) -> str:
    """The reason in words; a code of other rules than today's names itself."""
    return str(REASONS.get(code, code))
