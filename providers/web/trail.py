"""Where in the register a page stands."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _


@dataclass(frozen=True, slots=True)
class Crumb:
    label: str
    url_name: str = ""

    @property
    def url(self) -> str:
        return reverse(self.url_name) if self.url_name else ""


@dataclass(frozen=True, slots=True)
class Tab:
    label: str
    url: str
    current: bool


def register_tabs(current: str) -> list[Tab]:
    tabs = (("units", _("Care units")), ("providers", _("Providers")))
    return [Tab(label, reverse(f"providers:{name}"), name == current) for name, label in tabs]
