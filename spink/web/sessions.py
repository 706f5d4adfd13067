"""Sessions that end after half an hour of silence, and in any case after a working day.

They keep real time, not the clock that the demo and the tests may set.
"""

import time
from datetime import UTC, datetime
from typing import Any, Final

from django.conf import settings
from django.contrib.sessions.backends import db
from django.db import connection

STARTED = "_started"
SEEN = "_seen"
SECONDS_BETWEEN_NOTES = 60  # a row is not written at every request

_STORED: Final = (
    "SELECT session_data FROM django_session WHERE session_key = %s AND expire_date > %s"
)


class SessionStore(db.SessionStore):
    def load(self) -> dict[str, Any]:
        found = self._stored()
        if not found:
            return found
        now = int(time.time())
        if now - found.get(STARTED, 0) >= settings.SESSION_COOKIE_AGE:
            self.delete()
            self._session_key = None
            return {}
        if now - found.get(SEEN, 0) >= SECONDS_BETWEEN_NOTES:
            found[SEEN] = now
            self.modified = True
        return found

    def _stored(self) -> dict[str, Any]:
        """What Django reads too, by a statement that is not built anew for every request."""
        with connection.cursor() as cursor:
            cursor.execute(_STORED, [self.session_key, datetime.fromtimestamp(time.time(), UTC)])
            row = cursor.fetchone()
        if row is None:
            self._session_key = None
            return {}
        decoded: dict[str, Any] = self.decode(row[0])
        return decoded

    def save(self, must_create: bool = False) -> None:
        data = self._get_session(no_load=must_create)  # type: ignore[attr-defined]
        data.setdefault(STARTED, int(time.time()))
        data.setdefault(SEEN, int(time.time()))
        super().save(must_create)

    def cycle_key(self) -> None:
        """A login starts the day anew."""
        self.pop(STARTED, None)
        super().cycle_key()

    def get_expiry_date(self, **given: Any) -> datetime:
        """When the row ends: a cookie may live on in the browser, the row decides."""
        now = int(time.time())
        left = self.get(STARTED, now) + settings.SESSION_COOKIE_AGE - now
        seconds = max(1, min(left, settings.SESSION_SECONDS_IDLE))
        ends: datetime = super().get_expiry_date(**{**given, "expiry": seconds})
        return ends
