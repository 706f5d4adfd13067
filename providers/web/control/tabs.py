"""The parts of the control of providers, as tabs of its pages."""

from django.urls import reverse
from django.utils.translation import gettext as _

from providers.web.trail import Tab


def control_tabs(current: str) -> list[Tab]:
    tabs = [("findings", _("Findings"))]
    return [Tab(label, reverse(f"providers:{name}"), name == current) for name, label in tabs]
