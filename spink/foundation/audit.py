"""The audit trail: who took which step on what. Written in the transaction of the step itself."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction

from spink.foundation import clock
from spink.foundation.actor import Actor
from spink.foundation.models import AuditEntry


def record(
    *,
    action: str,
    by: Actor,
    subject: str,
    subject_id: str,
    reference: str = "",
    details: Mapping[str, Any] | None = None,
) -> AuditEntry:
    """Write one row. `details` hold codes, ids and counts, never personal data."""
    (written,) = record_all(
        [
            entry(
                action=action,
                by=by,
                subject=subject,
                subject_id=subject_id,
                reference=reference,
                details=details,
            )
        ]
    )
    return written


def record_all(entries: Iterable[AuditEntry]) -> list[AuditEntry]:
    """Write these rows, in their order."""
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("an entry is written in the transaction of its step")
    return AuditEntry.objects.bulk_create(entries)


def entry(
    *,
    action: str,
    by: Actor,
    subject: str,
    subject_id: str,
    reference: str = "",
    details: Mapping[str, Any] | None = None,
) -> AuditEntry:
    """A row that is not written yet."""
    return AuditEntry(
        at=clock.now(),
        actor_kind=by.kind,
        actor_id=by.id,
        actor_label=by.label,
        action=action,
        subject=subject,
        subject_id=subject_id,
        reference=reference,
        details=dict(details or {}),
    )
