"""What the test's workers do with an event that no app listens to: as its reference says."""

import os
import signal
import time
from typing import Any

from django.db.backends.signals import connection_created
from django.dispatch import receiver

from spink.foundation import audit, outbox
from spink.foundation.actor import Actor
from spink.foundation.events import EventName
from spink.foundation.models import OutboxEvent

EFFECT = "effect"


@receiver(connection_created)
def name_connection(connection: Any, **_: object) -> None:
    """The database knows which process works on what, so that one can be killed in the middle."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('application_name', %s, false)", [f"job {os.getpid()}"])


@outbox.handles(EventName.RECOMMENDATION_WITHDRAWN)
def leave_an_effect(event: OutboxEvent) -> None:
    audit.record(action=EFFECT, by=Actor.system("tests"), subject="event", subject_id=str(event.id))
    manner = str(event.payload["reference"])
    if manner == "poison":
        raise LookupError("Åsa Öberg")
    if manner == "slow" and event.attempts == 1:
        time.sleep(30)
    if manner == "deadly" and event.attempts == 1:
        os.kill(os.getpid(), signal.SIGKILL)
