"""One transaction a web request, in which the wall is open as far as the user may see."""

from collections.abc import Callable
from typing import cast

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase, StreamingHttpResponse

from spink.accounts import queries, wall
from spink.accounts.access_log import Reading, log_call
from spink.accounts.domain.reach import NOTHING, Reach
from spink.accounts.models import User
from spink.web.middleware import API, request_id

PROBES = frozenset({"/healthz", "/readyz"})
KEPT_NOWHERE = "no-store, private"
"""Nobody who comes to the machine after somebody else has logged out steps back to a page."""


class WallRequest(HttpRequest):
    """What the middleware adds to a request, for those who annotate."""

    user: User
    reach: Reach
    reading: Reading
    is_undone: bool


class WallMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        guarded = cast(WallRequest, request)
        guarded.reach, guarded.is_undone = NOTHING, False
        if _needs_no_database(request.path):
            return self.get_response(request)
        with transaction.atomic():
            _open_wall(request)
            response = _read_within(self.get_response(request))
            if guarded.is_undone or _tells_of_failure(response):
                transaction.set_rollback(True)
        if reading := getattr(request, "api_reading", None):
            log_call(reading)  # what was refused and undone was a call all the same
        if guarded.reach.user_id is not None or request.path.startswith(API):
            response.headers.setdefault("Cache-Control", KEPT_NOWHERE)
        return response

    def process_exception(self, request: WallRequest, *_: Exception) -> None:
        """A page that fails, for whatever reason, leaves nothing half done.

        It is undone at the end: the page that says what went wrong may still have to read.
        """
        request.is_undone = True


def _open_wall(request: HttpRequest) -> None:
    """Calls of the API come with a token of their own, which opens it: a session that is open
    beside counts not, and with nothing set nothing is seen."""
    if request.path.startswith(API):
        return
    user, guarded = request.user, cast(WallRequest, request)
    if not user.is_authenticated:
        wall.open_for(NOTHING)
        return
    guarded.reach = user.reach = queries.reach_of_user(user)
    wall.open_for(guarded.reach)
    guarded.reading = Reading(
        by=user.actor,
        route=request.path[:120],
        reason=guarded.reach.duty_reason[:200],
        address=request.META.get("REMOTE_ADDR") or None,
        request_id=request_id.get(),
    )


def _tells_of_failure(response: HttpResponse) -> bool:
    """The REST framework turns exceptions into answers by itself, and marks them."""
    return response.status_code >= 500 or bool(getattr(response, "exception", False))


def _needs_no_database(path: str) -> bool:
    return path in PROBES or path.startswith(settings.STATIC_URL)


def _read_within(response: HttpResponse) -> HttpResponse:
    """A stream is read to its end here: outside of the transaction the wall is shut."""
    body = cast(HttpResponseBase, response)
    if isinstance(body, StreamingHttpResponse):
        body.streaming_content = list(body)
    return response
