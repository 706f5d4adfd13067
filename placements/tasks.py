"""What the clock sends of this app: each may be sent twice, or by two clocks, without harm."""

from datetime import timedelta

from celery import shared_task
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from placements.actions import carry_out_stop, withdraw_stopped
from placements.notifications.digest import write_digests
from providers.queries.stops import stops_of_moved, stops_that_turn
from spink.foundation import clock, jobs, outbox
from spink.foundation.events import EventName
from spink.foundation.files.sweeping import sweep_files
from spink.foundation.models import OutboxEvent

DAYS_BACK = timedelta(days=3)
"""So long a clock may have been down."""


@shared_task(expires=3600.0)
def sweep_attachment_files() -> None:
    sweep_files()


@shared_task(expires=600.0)
def write_mail_digests() -> None:
    write_digests()


@shared_task(expires=600.0)
def carry_out_stops_of_the_day() -> None:
    """Those that begin today, those whose last day was yesterday, and those of a provider or group
    to which units have been moved, or from which."""
    today = clock.today()
    turning = stops_that_turn(today - DAYS_BACK, today)
    for stop_id in sorted({*turning, *stops_of_moved(clock.now() - DAYS_BACK)}):
        with transaction.atomic():
            carry_out_stop(stop_id=stop_id)


jobs.describe(sweep_attachment_files.name, _("Sweep away files that no document has"))
jobs.describe(write_mail_digests.name, _("Write the daily mail"))
jobs.describe(carry_out_stops_of_the_day.name, _("Stops that begin or end today"))


@outbox.handles(EventName.STOP_SET, EventName.STOP_ENDED)
def carry_out(event: OutboxEvent) -> None:
    carry_out_stop(stop_id=int(event.payload["stop_id"]))


@outbox.handles(EventName.REQUEST_STOPPED)
def withdraw(event: OutboxEvent) -> None:
    withdraw_stopped(request_id=int(event.payload["request_id"]))
