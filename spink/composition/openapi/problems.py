"""Which problems an operation can answer: all of it follows from the attributes of its view."""

from collections.abc import Iterator

from rest_framework.views import APIView

from spink.accounts.api.views import CHANGING, ApiView
from spink.web.api.describing import Told
from spink.web.api.problems import Problem

EVERYWHERE = (
    Problem.UNKNOWN_PARAMETER,
    Problem.NOT_ACCEPTABLE,
    Problem.TOO_LARGE,
    Problem.INTERNAL,
    Problem.UNAVAILABLE,
)
WITH_TOKEN = (Problem.UNAUTHENTICATED, Problem.SCOPE_MISSING, Problem.TOO_MANY_REQUESTS)
WITH_BODY = (Problem.MALFORMED, Problem.UNSUPPORTED_MEDIA_TYPE, Problem.INVALID_FIELDS)
WITH_KEY = (Problem.KEY_MISSING, Problem.KEY_REUSED)
WITH_VERSION = (Problem.STATE_CONFLICT, Problem.CHANGED_MEANWHILE, Problem.IF_MATCH_MISSING)


def problems_of(view: APIView, method: str, path: str) -> list[Problem]:
    """In the order of the table, which is that of their statuses."""
    found = set(_found(view, method, path))
    return [problem for problem in Problem if problem in found]


def _found(view: APIView, method: str, path: str) -> Iterator[Problem]:
    told: Told = view.told[method]  # type: ignore[attr-defined]
    yield from EVERYWHERE
    yield from told.problems
    if "{" in path:
        yield Problem.NOT_FOUND
    if method == "GET" and view.parameters:  # type: ignore[attr-defined]
        yield Problem.INVALID_PARAMETER
    if isinstance(view, ApiView):
        yield from _of_guarded(view, method)


def _of_guarded(view: ApiView, method: str) -> Iterator[Problem]:
    yield from WITH_TOKEN
    if method == "GET":
        yield Problem.INVALID_PARAMETER
    if method == "POST":
        yield from WITH_KEY
    if method in ("POST", "PATCH"):
        yield from WITH_BODY
    if method in CHANGING and view.needs_version:
        yield from WITH_VERSION
    if view.concerns_people:
        yield Problem.ACTING_PERSON_MISSING
