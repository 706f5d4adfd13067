"""Where in the register a page stands."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from providers.policies import can_keep_register
from spink.accounts.domain.reach import Reach


@dataclass(frozen=True, slots=True)
class Crumb:
    label: str
    url_name: str = ""
    args: tuple[object, ...] = ()

    @property
    def url(self) -> str:
        return reverse(self.url_name, args=self.args) if self.url_name else ""


@dataclass(frozen=True, slots=True)
class Tab:
    label: str
    url: str
    current: bool
    count: int | str = ""


def register_tabs(current: str, reach: Reach) -> list[Tab]:
    """Whoever keeps the register sees, too, what should be counted and corrected."""
    tabs = [
        ("units", _("Care units")),
        ("map", _("Map")),
        ("providers", _("Providers")),
        ("groups", _("Groups")),
        ("agreements", _("Agreements")),
        ("stops", _("Stops")),
        ("diary", pgettext("of the register", "Diary")),
    ]
    if can_keep_register(reach):
        tabs.append(("places", _("Places to confirm")))
        tabs.append(("files", _("Import and export")))
        tabs.append(("corrections", pgettext("of the register", "Corrections")))
    return [Tab(label, reverse(f"providers:{name}"), name == current) for name, label in tabs]
