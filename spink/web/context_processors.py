from typing import Any

from django.conf import settings
from django.http import HttpRequest

from spink.foundation import clock
from spink.web import navigation


def page(request: HttpRequest) -> dict[str, Any]:
    """What base.html needs on every page. Nothing here may need the database by itself."""
    return {"page": Page(request)}


class Page:
    """Worked out only when a template asks, so that error pages stand without a database."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request
        self.shown_at = clock.now()

    @property
    def menu(self) -> list[navigation.Entry]:
        return navigation.entries(self._request)

    @property
    def visitor_is(self) -> str:
        return navigation.described(self._request.user)

    @property
    def logout_url(self) -> str:
        return navigation.address("logout")

    @property
    def language_url(self) -> str:
        return navigation.address("set_language")

    @property
    def session_url(self) -> str:
        return navigation.address("session")

    @property
    def shortcuts_url(self) -> str:
        return navigation.address("shortcuts")

    @property
    def idle_seconds(self) -> int:
        return int(settings.SESSION_SECONDS_IDLE)

    @property
    def accessibility_url(self) -> str:
        return navigation.address("accessibility")
