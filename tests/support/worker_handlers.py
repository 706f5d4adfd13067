"""What the test's workers do with an event that no app listens to: as its reference says."""

import os
import signal
import time

from spink.foundation import audit, outbox
from spink.foundation.actor import Actor
from spink.foundation.events import EventName
from spink.foundation.models import OutboxEvent

EFFECT = "effect"


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
