"""A document is looked through by the scanner and stripped of what it tells of its maker.

In that order: nothing opens a file that the scanner has not seen. Where no verdict is to be had the
event fails and is tried again; until then the document is being checked, and nobody gets it.
"""

from django.db import transaction

from placements.domain.attachments import AttachmentState
from placements.domain.lifecycle import State
from placements.models import Attachment
from spink.accounts import wall
from spink.accounts.access_log import Reading, log_reading
from spink.accounts.domain.jobs import SystemJob
from spink.foundation import clock, outbox
from spink.foundation.actor import Actor
from spink.foundation.events import Event, EventName
from spink.foundation.files import vault
from spink.foundation.files.apart import cleaned_apart
from spink.foundation.files.cleaning import Refusal, Refused
from spink.foundation.files.kinds import Kind
from spink.foundation.files.scanning import ScannerFailed, scanner
from spink.foundation.models import OutboxEvent

JOB = SystemJob.CHECK_ATTACHMENTS
READING = Reading(by=Actor.system(JOB.name.lower()), route="outbox")


@outbox.handles(EventName.ATTACHMENT_ADDED)
def check_attachment(event: OutboxEvent) -> None:
    with wall.opened_for_job(JOB):
        waiting = Attachment.objects.select_for_update(of=("self",)).select_related("request")
        found = waiting.filter(pk=event.payload["attachment_id"], state=AttachmentState.CHECKING)
        attachment = found.first()
        if attachment is None:  # taken away meanwhile, or checked by a worker that died after it
            return
        log_reading(READING, [attachment.request.reference])
        _settle(attachment)


def _settle(attachment: Attachment) -> None:
    came_as = attachment.stored_as
    try:
        content = _checked(vault.read(came_as), Kind.by_ending(attachment.ending))
    except Refused as refused:
        attachment.state, attachment.refusal = AttachmentState.REFUSED, refused.reason
        attachment.stored_as = ""
    else:
        attachment.state = AttachmentState.CLEAN
        attachment.stored_as = vault.keep(content)
        attachment.size = len(content)
    attachment.checked_at = clock.now()
    attachment.save()
    transaction.on_commit(lambda: vault.remove(came_as))
    _tell(attachment)


def _checked(data: bytes, kind: Kind) -> bytes:
    """The document as it is given out. Raises Refused, and ScannerFailed where none can say."""
    asked = scanner()
    if asked is None:
        raise ScannerFailed("no scanner is named")
    if not asked.scan(data).is_clean:
        raise Refused(Refusal.INFECTED)
    return cleaned_apart(data, kind)


def _tell(attachment: Attachment) -> None:
    """Of a draft nobody else knows yet; that a document was refused, its owner learns even so."""
    is_clean = attachment.state == AttachmentState.CLEAN
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
