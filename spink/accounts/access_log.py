"""The log of every reading of a person or a request."""

from collections.abc import Sequence
from dataclasses import dataclass

from spink.accounts.models import AccessEntry
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


def log_reading(reading: Reading, subjects: Sequence[str]) -> None:
    """Write one row for all subjects (reference numbers) that are shown; none shown, no row."""
    if not subjects:
        return
    # No RETURNING: whoever reads may add to the log but not read it.
    AccessEntry.objects.bulk_create(
        [
            AccessEntry(
                at=clock.now(),
                actor_kind=reading.by.kind,
                actor_id=reading.by.id,
                actor_label=reading.by.label,
                subjects=sorted(set(subjects)),
                route=reading.route,
                reason=reading.reason,
                address=reading.address,
                request_id=reading.request_id,
            )
        ]
    )
