"""The register's jobs: imports that somebody confirmed, changes whose day has come, and sweeps.

An import is carried out by the worker, which says how far it has come. A sweep is carried on a
little at a time, so that no other job waits long for the worker; what is sent holds its id alone.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from celery import shared_task
from django.db import connection
from django.utils.translation import gettext_lazy as _

from providers.actions import carry_out_import, carry_out_planned, forget_expired_uploads
from providers.actions.control.sweeping import begin_due_sweeps, sweep_some
from providers.actions.control.watching import (
    tell_of_checks_to_make_again,
    tell_of_ended_watches,
)
from providers.actions.register_files import Progress
from providers.queries.control.sweeps import running_sweeps
from spink.foundation import jobs, outbox
from spink.foundation.events import EventName
from spink.foundation.models import OutboxEvent

SECONDS_OF_INTEREST = 600.0
"""As long as it takes until the next sweep of planned changes is sent."""
SECONDS_BETWEEN_SWEEPS = 20.0


@shared_task(acks_late=True, reject_on_worker_lost=True, expires=SECONDS_OF_INTEREST)
def carry_out_planned_changes() -> None:
    carry_out_planned()


@shared_task(acks_late=True, reject_on_worker_lost=True, expires=SECONDS_BETWEEN_SWEEPS)
def monitor_providers() -> None:
    """Begin what is due, and carry on what is under way, also where its worker died."""
    begin_due_sweeps()
    for sweep_id in running_sweeps():
        carry_on_sweep.delay(sweep_id)


@shared_task(acks_late=True, reject_on_worker_lost=True, expires=SECONDS_OF_INTEREST)
def carry_on_sweep(sweep_id: int) -> None:
    if sweep_some(sweep_id=sweep_id):
        carry_on_sweep.delay(sweep_id)


@shared_task(expires=3600.0)
def tell_watchers() -> None:
    tell_of_ended_watches()
    tell_of_checks_to_make_again()


@shared_task(expires=3600.0)
def forget_uploads() -> None:
    forget_expired_uploads()


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


jobs.describe(carry_out_planned_changes.name, _("Carry out planned changes of the register"))
jobs.describe(monitor_providers.name, _("Ask sources about providers"))
jobs.describe(carry_on_sweep.name, _("Ask a source about some providers"))
jobs.describe(tell_watchers.name, _("Tell owners that a watch has ended, or that a check runs out"))
jobs.describe(forget_uploads.name, _("Forget files of the register that nobody confirmed"))
