from base64 import b64encode
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest

from spink.foundation import clock
from spink.web import navigation, visitor


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
    def login_here_url(self) -> str:
        """To log in, and come back to this page."""
        here = urlencode({"next": self._request.get_full_path()})
        return f"{navigation.address('login') or '/'}?{here}"

    @property
    def typed_key(self) -> str:
        """By which the browser hides what the visitor has typed until the next login: the same
        for the same person, and for nobody else (`static/spink/typed.js`)."""
        return b64encode(visitor.digest_of(self._request.user, "typed")).decode()

    @property
    def made_for(self) -> str:
        """By which an open page sees that somebody else has logged in meanwhile."""
        return visitor.fingerprint(self._request.user)

    @property
    def idle_seconds(self) -> int:
        return int(settings.SESSION_SECONDS_IDLE)

    @property
    def accessibility_url(self) -> str:
        return navigation.address("accessibility")
