"""Imports that somebody confirmed: carried out by the worker, which says how far it has come."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from django.db import connection

from providers.actions import carry_out_import
from providers.actions.register_files import Progress
from spink.foundation import outbox
from spink.foundation.events import EventName
from spink.foundation.models import OutboxEvent


@outbox.handles(EventName.REGISTER_IMPORT_CONFIRMED)
def import_confirmed_file(event: OutboxEvent) -> None:
    upload_id = UUID(str(event.payload["upload_id"]))
    with _progress_of(upload_id) as progress:
        carry_out_import(upload_id=upload_id, progress=progress)


@contextmanager
def _progress_of(upload_id: UUID) -> Iterator[Progress]:
    """On a connection of its own: the import's transaction shows nothing before its end."""
    beside = connection.copy()

    def tell(done: int, total: int) -> None:
        with beside.cursor() as cursor:
            cursor.execute(
                "UPDATE providers_importprogress SET done = %s, total = %s WHERE upload_id = %s",
                [done, total, upload_id],
            )

    try:
        yield tell
    finally:
        beside.close()
