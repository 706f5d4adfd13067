from argparse import ArgumentParser
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError

from spink.foundation import clock, outbox
from spink.foundation.models import OutboxEvent

TWO_SWEEPS = timedelta(minutes=2)
SHOWN = 50


class Command(BaseCommand):
    help = (
        "Show the events that are stuck on their way out of the outbox, the oldest first."
        " Ends with 1 if there are any, so that a monitor can ask."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--retry", metavar="ID", type=UUID, help="try one event now, or say why it fails"
        )

    def handle(self, *_: Any, retry: UUID | None, **_options: Any) -> None:
        if retry:
            self._retry(retry)
        else:
            self._list()

    def _list(self) -> None:
        waiting = OutboxEvent.objects.filter(handled_at__isnull=True).count()
        stuck = outbox.stuck(longer_than=TWO_SWEEPS)
        count = stuck.count()
        self.stdout.write(f"{waiting} waiting, {count} stuck")
        for event in stuck[:SHOWN]:
            self.stdout.write(_line(event))
        if count:
            raise SystemExit(1)

    def _retry(self, event_id: UUID) -> None:
        event = OutboxEvent.objects.filter(id=event_id).first()
        if event is None:
            raise CommandError(f"there is no event {event_id}", returncode=2)
        if event.handled_at:
            self.stdout.write(f"handled already at {_time(event.handled_at)}")
        elif outbox.handle(event_id):
            self.stdout.write("handled")
        else:
            event.refresh_from_db()
            raise CommandError(event.last_error or "somebody else is handling it")


def _line(event: OutboxEvent) -> str:
    return (
        f"{event.id}  {event.name}  {event.payload.get('reference', '')}"
        f"  written {_time(event.created_at)}, {event.attempts} attempts,"
        f" next {_time(event.next_attempt_at)}  {event.last_error or 'not tried'}"
    )


def _time(at: Any) -> str:
    return f"{at.astimezone(clock.STOCKHOLM):%Y-%m-%d %H:%M:%S}"
