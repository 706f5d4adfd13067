"""The main menu: apps register what they offer, and each user sees what is his or hers."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise

# A user of whatever model the accounts keep; this package knows none.
Visitor = Any
Text = str | Promise


@dataclass(frozen=True, kw_only=True)
class Item:
    """One entry of the menu. Lower positions stand first; `count` is a mark beside the label, and
    `key` its shortcut.

    A mark that costs a query is asked for after the page, from `count_url_name`, and again now and
    then: its answer holds the mark in an element with the id `unread`.
    """

    label: Text
    url_name: str
    position: int
    visible: Callable[[Visitor], bool]
    count: Callable[[HttpRequest], int] | None = None
    key: str = ""
    count_url_name: str = ""


@dataclass(frozen=True)
class Entry:
    """An item as one page shows it. `current` is a value of aria-current, or empty."""

    label: Text
    url: str
    current: str
    count: int
    key: str
    count_url: str = ""


@dataclass(frozen=True, slots=True)
class Crumb:
    """A step on the way to a page; the page itself has no address."""

    label: Text
    url: str = ""


_items: dict[str, Item] = {}
_describe: list[Callable[[Visitor], str]] = []


def register(item: Item) -> None:
    """Called from the ready() of an app. The same URL name twice is the same entry."""
    _items[item.url_name] = item


def describe_visitors_with(describe: Callable[[Visitor], str]) -> None:
    """How to say in one line who a user is: role and team or unit."""
    _describe[:] = [describe]


def described(visitor: Visitor) -> str:
    return _describe[0](visitor) if _describe else ""


def entries(request: HttpRequest) -> list[Entry]:
    """The menu of this request's user, with the entry marked that the page belongs to."""
    shown = _reachable(getattr(request, "user", None))
    here = _where(request.path, [url for _, url in shown])
    return [
        Entry(
            label=item.label,
            url=url,
            current=("page" if request.path == url else "true") if url == here else "",
            count=item.count(request) if item.count else 0,
            key=item.key,
            count_url=reverse(item.count_url_name) if item.count_url_name else "",
        )
        for item, url in shown
    ]


def _reachable(visitor: Visitor) -> list[tuple[Item, str]]:
    if visitor is None or not visitor.is_authenticated:
        return []
    ordered = sorted(_items.values(), key=lambda item: item.position)
    return [(item, reverse(item.url_name)) for item in ordered if item.visible(visitor)]


def _where(path: str, urls: list[str]) -> str:
    """The longest of the addresses that the path lies under; the root holds only itself."""
    under = [url for url in urls if path == url or (url != "/" and path.startswith(url))]
    return max(under, key=len, default="")


def address(*url_names: str) -> str:
    """The first of these names that the site has an address for, or nothing."""
    for name in url_names:
        try:
            return reverse(name)
        except NoReverseMatch:
            continue
    return ""
