"""The parts in which a care unit is changed, each a page of its own."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from providers.models import CareUnit

TITLES = {
    "about": gettext_lazy("About the unit"),
    "services": gettext_lazy("Services and subtypes"),
    "target": gettext_lazy("Whom the unit is for"),
    "places": gettext_lazy("Number of places"),
    "location": gettext_lazy("Where the unit lies"),
    "address": gettext_lazy("Address"),
    "contact": gettext_lazy("Contact"),
    "permit": gettext_lazy("Permit"),
    "rate": gettext_lazy("Internal rate"),
    "direct-award": gettext_lazy("Direct award"),
    "end": gettext_lazy("End the unit"),
}


def sections_of(unit: CareUnit, *, is_protected: bool) -> list[tuple[str, str]]:
    """Each with its address, the agreements among them."""
    found = [
        (str(title), reverse("providers:unit_change", args=[unit.code, section]))
        for section, title in TITLES.items()
        if section != "end" and not (is_protected and section == "address")
    ]
    agree = (_("Add to an agreement"), reverse("providers:unit_agree", args=[unit.code]))
    return [*found, agree]
