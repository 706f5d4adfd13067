"""The rungs of the ladder and terms of retention in words, the same on every page."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from spink.catalogue.domain.ladder import ProvisionForm
from spink.catalogue.domain.retention import Disposal, Term

RUNGS: dict[str, Promise] = {
    ProvisionForm.IN_HOUSE: _("In-house"),
    ProvisionForm.IOP: _("IOP"),
    ProvisionForm.FRAMEWORK: _("Framework agreement"),
    ProvisionForm.DIRECT_AWARD: _("Direct award"),
}


def rung_name(code: str) -> str:
    """A code that is no rung names itself; none at all is empty."""
    return str(RUNGS.get(code, code))


DISPOSALS: dict[Disposal, Promise] = {
    Disposal.YEARS: _("After a number of years"),
    Disposal.WITH_REQUEST: _("Together with its request"),
    Disposal.NEVER: _("Never"),
}


def term_said(term: Term) -> str:
    if term.years is None:
        return str(DISPOSALS[term.disposal])
    return ngettext("After %(years)s year", "After %(years)s years", term.years) % {
        "years": term.years
    }
