"""The outbox's way through the task queue: an event's id goes in, its effects come out.

The row decides, not the queue. So an event that is lost with its worker is not handed out again
by the queue (one that kills workers would go on killing them): the sweep finds its row. A sweep
that is lost is handed out again, and passes the event over which the last one died.
"""

from typing import Any
from uuid import UUID

from celery import shared_task
from celery.signals import worker_ready
from django.utils.translation import gettext_lazy as _

from spink.foundation import jobs, outbox

SECONDS_TO_SWEEP = 9.0
"""Less than the time until the next sweep."""
SECONDS_OF_INTEREST = 60.0
"""No pile of sweeps is left behind by a time without workers."""
HASTE = {"max_retries": 0, "socket_connect_timeout": 0.3, "socket_timeout": 0.3}
"""Somebody waits for the page meanwhile, and a broker that is down is the sweep's business."""


@shared_task(acks_late=False)
def handle_event(event_id: str) -> None:
    outbox.handle(UUID(event_id))


@shared_task(acks_late=True, reject_on_worker_lost=True, expires=SECONDS_OF_INTEREST)
def sweep_outbox() -> None:
    outbox.sweep(seconds=SECONDS_TO_SWEEP)


@outbox.publishes
def tell_worker(event_id: UUID) -> None:
    send_in_haste(handle_event, str(event_id))


def send_in_haste(task: Any, *args: str) -> None:
    # Connections of the pool are shared with the options of workers, which retry for seconds.
    queue = task.app
    with queue.connection_for_write(transport_options=HASTE) as connection:
        queue.send_task(task.name, args, connection=connection, retry=False)


@worker_ready.connect
def sweep_at_start(sender: Any, **__: object) -> None:
    """Work may have been left over by a worker that died or a broker that forgot."""
    sender.app.send_task(sweep_outbox.name)


jobs.describe(sweep_outbox.name, _("Carry out what was left over in the outbox"))
