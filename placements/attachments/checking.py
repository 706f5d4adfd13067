"""A document that was handed in is checked, and those are told who are to know."""

from placements.domain.lifecycle import State
from placements.models import Attachment
from spink.accounts import wall
from spink.accounts.access_log import Reading, log_reading
from spink.accounts.domain.jobs import SystemJob
from spink.foundation import outbox
from spink.foundation.actor import Actor
from spink.foundation.events import Event, EventName
from spink.foundation.files.checking import settle
from spink.foundation.files.states import FileState
from spink.foundation.models import OutboxEvent

JOB = SystemJob.CHECK_ATTACHMENTS
READING = Reading(by=Actor.system(JOB.name.lower()), route="outbox")


@outbox.handles(EventName.ATTACHMENT_ADDED)
def check_attachment(event: OutboxEvent) -> None:
    with wall.opened_for_job(JOB):
        waiting = Attachment.objects.select_for_update(of=("self",)).select_related("request")
        found = waiting.filter(pk=event.payload["attachment_id"], state=FileState.CHECKING)
        attachment = found.first()
        if attachment is None:  # taken away meanwhile, or checked by a worker that died after it
            return
        log_reading(READING, [attachment.request.reference])
        settle(attachment)
        _tell(attachment)


def _tell(attachment: Attachment) -> None:
    """Of a draft nobody else knows yet; that a document was refused, its owner learns even so."""
    is_clean = attachment.state == FileState.CLEAN
    request = attachment.request
    if is_clean and request.state == State.DRAFT:
        return
    name = EventName.ATTACHMENT_FOUND_CLEAN if is_clean else EventName.ATTACHMENT_REFUSED
    payload: dict[str, str | int | None] = {
        "request_id": request.pk,
        "reference": request.reference,
        "by_user_id": attachment.added_by_id,
    }
    outbox.publish(Event(name, payload))
