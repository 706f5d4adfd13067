"""Changing the register: under its number, in somebody's name."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import connection, transaction

from spink.foundation import acting
from spink.foundation.actor import Actor

SETTINGS = ("spink.actor", "spink.register_note", "spink.diary_at")


@contextmanager
def changing_register(
    *, by: Actor, note: str = "", dated: datetime | None = None
) -> Iterator[None]:
    """A transaction (or savepoint) in which the register may change; the database refuses others.

    All changes of one transaction share one number, the actor and note of the first change. The
    number's row is locked at once, so that two who change the same unit wait and do not deadlock.
    `dated` is for loading sample data alone: an aware time later than the diary's last; only the
    first change of a transaction can be dated, and what is changed within it has its date.
    """
    if dated is not None and dated.tzinfo is None:
        raise ValueError("the diary is dated with aware times only")
    with transaction.atomic():
        _lock_number()
        before = _settings()
        acting.set_actor(by)
        at = dated.isoformat() if dated else before["spink.diary_at"]
        _set({"spink.register_note": note, "spink.diary_at": at})
        yield
        _set(before)


def _lock_number() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT FROM providers_registernumber WHERE id = 1 FOR UPDATE")


def _settings() -> dict[str, str]:
    calls = ", ".join("coalesce(current_setting(%s, true), '')" for _ in SETTINGS)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {calls}", list(SETTINGS))
        row = cursor.fetchone()
    return dict(zip(SETTINGS, row or (), strict=True))


def _set(values: dict[str, str]) -> None:
    calls = ", ".join("set_config(%s, %s, true)" for _ in values)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {calls}",
            [part for pair in values.items() for part in pair],
        )
