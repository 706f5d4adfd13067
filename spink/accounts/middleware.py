"""One transaction a web request, in which the wall is open as far as the user may see."""

from collections.abc import Callable
from typing import cast

from django.db import transaction
from django.http import HttpRequest, HttpResponse

from spink.accounts import queries, wall
from spink.accounts.access_log import Reading
from spink.accounts.domain.reach import NOTHING, Reach
from spink.accounts.models import User

OUTSIDE = ("/static/", "/healthz", "/readyz")


class WallRequest(HttpRequest):
    """What the middleware adds to a request, for those who annotate."""

    user: User
    reach: Reach
    reading: Reading


class WallMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path.startswith(OUTSIDE):
            return self.get_response(request)
        with transaction.atomic():
            self._open_wall(cast(WallRequest, request))
            response = self.get_response(request)
            if response.status_code >= 500:
                transaction.set_rollback(True)
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:
        """A page that fails, for whatever reason, leaves nothing half done."""
        transaction.set_rollback(True)

    @staticmethod
    def _open_wall(request: WallRequest) -> None:
        request.reach = NOTHING
        if not request.user.is_authenticated:
            return
        request.reach = queries.reach_of_user(request.user)
        wall.open_for(request.reach)
        request.reading = Reading(
            by=request.user.actor,
            route=request.path[:120],
            address=request.META.get("REMOTE_ADDR"),
            request_id=getattr(request, "request_id", ""),
        )
