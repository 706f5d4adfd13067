"""Every route that the URL configuration knows, found by walking it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver


@dataclass(frozen=True)
class Route:
    """`path` is written as in the URL configuration: requests/<reference:reference>/."""

    path: str

    @property
    def parameters(self) -> tuple[str, ...]:
        return tuple(re.findall(r"<(?:\w+:)?(\w+)>", self.path))

    def filled(self, values: dict[str, str]) -> str:
        return "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda found: values[found[1]], self.path)


API = "api/"
PAGE_OF_API = "api/v1/docs"
"""It is read by people, as the other pages are."""


def all_routes() -> list[Route]:
    """Those of the pages; the API's have a table of their own."""
    return [route for route in _every_route() if not _is_called(route)]


def api_routes() -> list[Route]:
    return [route for route in _every_route() if _is_called(route)]


def _is_called(route: Route) -> bool:
    return route.path.startswith(API) and route.path != PAGE_OF_API


def _every_route() -> list[Route]:
    return sorted({Route(path) for path in _paths(get_resolver())}, key=lambda route: route.path)


def _paths(resolver: URLResolver) -> Iterator[str]:
    for entry in resolver.url_patterns:
        own = _readable(str(entry.pattern))
        if isinstance(entry, URLPattern):
            yield own
        else:
            yield from (own + path for path in _paths(entry))


def _readable(pattern: str) -> str:
    """A pattern that is a regular expression, written like the others."""
    if pattern.startswith("^"):
        return re.sub(r"\(\?P<(\w+)>[^)]*\)", r"<\1>", pattern).strip("^$").removesuffix("\\Z")
    return pattern
