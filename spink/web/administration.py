"""The pages under /administration/: apps register theirs, each user sees his or her own."""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse

from spink.web.navigation import Text, Visitor


@dataclass(frozen=True, kw_only=True)
class Page:
    """One page of the hub. Lower positions stand first; `about` says in a line what is kept there.

    Positions: 10 people and organisation, 30 the catalogue, 50 how the work is done, 70 review.
    """

    label: Text
    url_name: str
    position: int
    visible: Callable[[Visitor], bool]
    about: Text = ""


@dataclass(frozen=True)
class Entry:
    label: Text
    about: Text
    url: str


_pages: dict[str, Page] = {}


def register(page: Page) -> None:
    """Called from the ready() of an app. The same URL name twice is the same page."""
    _pages[page.url_name] = page


def is_open_to(visitor: Visitor) -> bool:
    return any(page.visible(visitor) for page in _pages.values())


def entries(visitor: Visitor) -> list[Entry]:
    """The pages that the visitor may open, in their order."""
    ordered = sorted(_pages.values(), key=lambda page: page.position)
    return [
        Entry(label=page.label, about=page.about, url=reverse(page.url_name))
        for page in ordered
        if page.visible(visitor)
    ]
