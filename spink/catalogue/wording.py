"""The rungs of the ladder in words, the same on every page."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from spink.catalogue.domain.ladder import ProvisionForm

RUNGS: dict[str, Promise] = {
    ProvisionForm.IN_HOUSE: _("In-house"),
    ProvisionForm.IOP: _("IOP"),
    ProvisionForm.FRAMEWORK: _("Framework agreement"),
    ProvisionForm.DIRECT_AWARD: _("Direct award"),
}


def rung_name(code: str) -> str:
    """A code that is no rung names itself; none at all is empty."""
    return str(RUNGS.get(code, code))
