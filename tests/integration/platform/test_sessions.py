"""A session ends after half an hour of silence, and in any case after eight hours."""

import time

import pytest
from django.contrib.sessions.models import Session

from spink.web.sessions import SEEN, STARTED, SessionStore

pytestmark = pytest.mark.django_db

MINUTE = 60
HOUR = 3600


def stored(*, started: float, seen: float) -> str:
    session = SessionStore()
    session.update({"who": "somebody", STARTED: int(started), SEEN: int(seen)})
    session.save()
    assert session.session_key
    return session.session_key


def seconds_left(key: str) -> float:
    return Session.objects.get(session_key=key).expire_date.timestamp() - time.time()


def test_new_session_ends_after_half_an_hour_of_silence() -> None:
    now = time.time()
    assert seconds_left(stored(started=now, seen=now)) == pytest.approx(30 * MINUTE, abs=5)


def test_session_near_the_end_of_the_day_is_not_drawn_out() -> None:
    now = time.time()
    key = stored(started=now - 8 * HOUR + 10 * MINUTE, seen=now)
    assert seconds_left(key) == pytest.approx(10 * MINUTE, abs=5)


def test_session_is_noted_once_a_minute_at_most() -> None:
    now = time.time()
    recent = SessionStore(stored(started=now, seen=now - 50))
    earlier = SessionStore(stored(started=now, seen=now - 61))
    assert (recent["who"], recent.modified) == ("somebody", False)
    assert (earlier["who"], earlier.modified) == ("somebody", True)


def test_session_older_than_a_day_of_work_is_gone() -> None:
    now = time.time()
    key = stored(started=now - 8 * HOUR - 1, seen=now)
    session = SessionStore(key)
    assert session.get("who") is None
    assert session.is_empty()
    assert not Session.objects.filter(session_key=key).exists()


def test_login_starts_the_day_anew() -> None:
    now = time.time()
    session = SessionStore(stored(started=now - 7 * HOUR, seen=now))
    session.cycle_key()
    assert session[STARTED] == pytest.approx(now, abs=5)
    assert session["who"] == "somebody"


def test_new_login_keeps_nothing_under_the_old_key() -> None:
    now = time.time()
    key = stored(started=now, seen=now)
    SessionStore(key).cycle_key()
    assert not Session.objects.filter(session_key=key).exists()
