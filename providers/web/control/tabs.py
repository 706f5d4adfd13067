"""The parts of the control of providers, as tabs of its pages, with what waits in each."""

from django.urls import reverse
from django.utils.translation import gettext as _

from providers.web.control.waiting import waiting
from providers.web.trail import Tab
from spink.accounts.domain.capabilities import Capability
from spink.accounts.domain.reach import Reach
from spink.accounts.policies import can


def control_tabs(current: str, reach: Reach) -> list[Tab]:
    tabs = (
        ("findings", _("Findings"), Capability.READ_FINDINGS),
        ("complaints", _("Complaints"), Capability.READ_COMPLAINTS),
        ("visits", _("Visits"), Capability.READ_VISITS),
        ("vettings", _("Vettings"), Capability.READ_VETTINGS),
        ("reviews", _("In-depth reviews"), Capability.READ_REVIEWS),
    )
    waits = waiting(reach)
    return [
        Tab(label, reverse(f"providers:{name}"), name == current, waits.get(name) or "")
        for name, label, needed in tabs
        if can(reach, needed)
    ]
