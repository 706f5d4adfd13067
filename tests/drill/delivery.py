"""Whether everything that was filed arrived: once in the database, at least once by mail."""

from collections import Counter
from dataclasses import dataclass

from placements.models import Notification, PlacementRequest
from spink.accounts import wall
from spink.accounts.domain.jobs import SystemJob
from spink.foundation import outbox
from spink.foundation.events import EventName
from spink.foundation.models import OutboxEvent
from tests.drill.filing import Filing
from tests.support.workers import Jobs

TWO_MINUTES = 120


@dataclass(frozen=True)
class Delivery:
    requests: int
    lost: int
    """Acknowledged requests that are not there, or whose event is not."""
    not_once: int
    """Officers who have not exactly one notification of a request."""
    not_mailed: int
    mailed_again: int
    tried_again: int
    most_attempts: int
    swept: int
    """Events that whoever was told of them did not handle."""
    slowest: float
    """Seconds from an event's writing to its effect."""


def waiting() -> int:
    return OutboxEvent.objects.filter(handled_at=None).count()


def handled() -> int:
    return OutboxEvent.objects.filter(handled_at__isnull=False).count()


def delivery(filing: Filing, jobs: Jobs) -> Delivery:
    events = list(OutboxEvent.objects.all())
    published = {
        event.payload["reference"]: event.id
        for event in events
        if event.name == EventName.REQUEST_SUBMITTED
    }
    with wall.opened_for_job(SystemJob.DELIVER_NOTIFICATIONS):
        kept = set(PlacementRequest.objects.values_list("reference", flat=True))
        told = list(Notification.objects.values_list("event_id", "user_id", "id"))
    times_told = Counter((event_id, user_id) for event_id, user_id, _ in told)
    mails = Counter(str(mail["Message-ID"]) for mail in jobs.mails())
    times = [
        (event.handled_at - event.created_at).total_seconds()
        for event in events
        if event.handled_at
    ]
    return Delivery(
        requests=len(filing.acknowledged),
        lost=sum(
            reference not in kept or reference not in published for reference in filing.acknowledged
        ),
        not_once=sum(
            times_told[published[reference], officer.pk] != 1
            for reference in kept
            for officer in filing.town.officers
        ),
        not_mailed=sum(f"<{own}@127.0.0.1>" not in mails for _, _, own in told),
        mailed_again=sum(mails.values()) - len(mails),
        tried_again=sum(event.attempts > 1 for event in events),
        most_attempts=max(event.attempts for event in events),
        swept=sum(seconds > outbox.GRACE.total_seconds() for seconds in times),
        slowest=round(max(times), 1),
    )
