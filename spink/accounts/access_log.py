"""The log of every reading of a person or a request."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from uuid import uuid4

from django.db import connection

from spink.foundation import clock
from spink.foundation.actor import Actor


@dataclass(frozen=True, slots=True)
class Reading:
    """From where and why somebody reads: filled once a web request, passed down to the queries."""

    by: Actor
    route: str
    reason: str = ""
    address: str | None = None
    request_id: str = ""
    gathered: set[str] | None = None
    """Where calls of the API gather what they show: their one row is written when the answer is
    known, and also where they show nothing."""


_ADD: Final = """
INSERT INTO accounts_accessentry
    (id, at, actor_kind, actor_id, actor_label, subjects, route, reason, address, request_id)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s)"""
"""No RETURNING: whoever reads may add to the log but not read it."""


def log_reading(reading: Reading, subjects: Sequence[str]) -> None:
    """Write one row for all subjects (reference numbers) that are shown; none shown, no row."""
    if reading.gathered is not None:
        reading.gathered.update(subjects)
    elif subjects:
        _write(reading, subjects)


def log_call(reading: Reading) -> None:
    """The one row of a call of the API, whatever it showed."""
    _write(reading, sorted(reading.gathered or ()))


def _write(reading: Reading, subjects: Sequence[str]) -> None:
    row = (
        uuid4(),
        clock.now(),
        str(reading.by.kind),
        reading.by.id,
        reading.by.label,
        sorted(set(subjects)),
        reading.route,
        reading.reason,
        reading.address,
        reading.request_id,
    )
    with connection.cursor() as cursor:
        cursor.execute(_ADD, row)
