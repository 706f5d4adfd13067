"""Documents are handed in, taken away again while the request is a draft, withdrawn after that."""

from typing import Any
from uuid import UUID

from django.db import transaction

from placements.actions import stepping
from placements.domain.attachments import free_place
from placements.domain.lifecycle import ENDED, Side, State
from placements.models import Attachment, PlacementRequest
from spink.foundation import audit, clock, outbox
from spink.foundation.actor import Actor
from spink.foundation.events import Event, EventName
from spink.foundation.files import vault
from spink.foundation.files.states import Document, FileState


class AttachmentsClosed(Exception):
    """The request has ended: nothing is added to it any more."""


class NotWithdrawable(Exception):
    """Somebody else was quicker, or the document was refused and is not there at all."""


@transaction.atomic
def add_attachment(*, request_id: int, document: Document, side: Side, by: Actor) -> Attachment:
    """Keep the document; it is given out once it has been checked.

    Raises AttachmentsClosed, TooManyAttachments.
    """
    request = stepping.lock(request_id, version=None)
    if request.state in ENDED:
        raise AttachmentsClosed
    attachment = Attachment.objects.create(
        request=request,
        place=free_place(_taken_places(request), ever=request.attachments.count()),
        name=document.name,
        ending=document.kind.ending,
        size=len(document.data),
        side=side,
        stored_as=vault.keep(document.data),
        added_at=clock.now(),
        added_by_id=by.user_id,
    )
    _record("add_attachment", attachment, by, ending=document.kind.ending)
    if request.state != State.DRAFT:
        stepping.tell(_change(attachment), kind="attach", by=by)
    payload: dict[str, str | int | None] = {
        "attachment_id": str(attachment.pk),
        "reference": request.reference,
    }
    outbox.publish(Event(EventName.ATTACHMENT_ADDED, payload))
    return attachment


def _taken_places(request: PlacementRequest) -> set[int]:
    standing = Attachment.objects.filter(request=request, withdrawn_at=None)
    return set(standing.exclude(state=FileState.REFUSED).values_list("place", flat=True))


@transaction.atomic
def remove_attachment(*, request_id: int, attachment_id: UUID, by: Actor) -> None:
    """Take it away without a trace but in the audit trail. Raises NotWithdrawable once sent."""
    request = stepping.lock(request_id, version=None)
    attachment = _standing(request, attachment_id)
    if request.state != State.DRAFT:
        raise NotWithdrawable
    _record("remove_attachment", attachment, by)
    attachment.delete()
    transaction.on_commit(lambda: vault.remove(attachment.stored_as))


@transaction.atomic
def withdraw_attachment(
    *, request_id: int, attachment_id: UUID, reason: str, by: Actor
) -> Attachment:
    """It is given out no more, and kept as long as the request. Raises NotWithdrawable."""
    request = stepping.lock(request_id, version=None)
    attachment = _standing(request, attachment_id)
    attachment.withdrawn_at = clock.now()
    attachment.withdrawn_by_id = by.user_id
    attachment.withdrawal_reason = reason
    attachment.save()
    _record("withdraw_attachment", attachment, by)
    stepping.tell(_change(attachment, reason), kind="withdraw_attachment", by=by)
    return attachment


def _change(attachment: Attachment, reason: str = "") -> stepping.Change:
    """The name lies encrypted in the document alone: the timeline looks it up where it is shown."""
    facts = {"attachment": str(attachment.pk)}
    return stepping.Change(attachment.request, facts=facts, text=reason)


def _standing(request: PlacementRequest, attachment_id: UUID) -> Attachment:
    found = Attachment.objects.select_for_update().filter(
        request=request, pk=attachment_id, withdrawn_at=None
    )
    attachment = found.exclude(state=FileState.REFUSED).first()
    if attachment is None:
        raise NotWithdrawable
    return attachment


def _record(action: str, attachment: Attachment, by: Actor, **details: Any) -> None:
    request = attachment.request
    audit.record(
        action=action,
        by=by,
        subject="attachment",
        subject_id=str(attachment.pk),
        reference=request.reference,
        details={"place": attachment.place, "size": attachment.size, **details},
    )
