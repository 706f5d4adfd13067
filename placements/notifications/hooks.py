"""Clients of the API are told what happens to their department's requests: that, and no more.

Events of one request may be handled in any order and by several workers at once. So whoever
handles one writes also what the earlier ones tell, and each is written once: no message goes out
before one that belongs before it.
"""

from typing import Final

from placements.models import PlacementRequest
from placements.queries import visible_requests
from spink.accounts import queries as accounts
from spink.accounts import wall
from spink.accounts.domain.jobs import SystemJob
from spink.foundation import outbox
from spink.foundation.events import EventName
from spink.foundation.models import OutboxEvent
from spink.webhooks import actions as webhooks
from spink.webhooks import queries as listeners
from spink.webhooks.domain.types import MessageType

TELLS: Final = {
    EventName.REQUEST_SUBMITTED: MessageType.SUBMITTED,
    EventName.REQUEST_ASSIGNED: MessageType.ASSIGNED,
    EventName.COMPLETION_ASKED: MessageType.INFORMATION_ASKED,
    EventName.COMPLETION_ANSWERED: MessageType.INFORMATION_ANSWERED,
    EventName.SERVICE_PROPOSED: MessageType.SERVICE_PROPOSED,
    EventName.SERVICE_ACCEPTED: MessageType.SERVICE_ACCEPTED,
    EventName.SERVICE_DECLINED: MessageType.SERVICE_DECLINED,
    EventName.PROPOSAL_WITHDRAWN: MessageType.PROPOSAL_WITHDRAWN,
    EventName.REQUEST_RECOMMENDED: MessageType.RECOMMENDED,
    EventName.RECOMMENDATION_WITHDRAWN: MessageType.RECOMMENDATION_WITHDRAWN,
    EventName.REQUEST_STOP_LIFTED: MessageType.STOP_LIFTED,
    EventName.OUTCOME_REPORTED: MessageType.OUTCOME_REPORTED,
    EventName.NEW_MATCH_ASKED: MessageType.NEW_MATCH_ASKED,
    EventName.REQUEST_PLACED_ACUTE: MessageType.PLACED_ACUTE,
    EventName.REQUEST_COMPLETED: MessageType.COMPLETED,
    EventName.REQUEST_WITHDRAWN: MessageType.WITHDRAWN,
    EventName.MESSAGE_WRITTEN: MessageType.MESSAGE_WRITTEN,
    EventName.ATTACHMENT_FOUND_CLEAN: MessageType.DOCUMENT_ADDED,
}
"""What the placing side does within itself is not told."""


@outbox.handles(*TELLS)
def write_messages(event: OutboxEvent) -> None:
    with wall.opened_for_job(SystemJob.WRITE_WEBHOOKS):
        request_id = int(event.payload["request_id"])
        found = PlacementRequest.objects.filter(pk=request_id, submitted_at__isnull=False)
        department_id = found.values_list("department", flat=True).first()
        if not (department_id and listeners.listening(department_id=department_id).exists()):
            return
        for one in (*outbox.waiting_before(event, "request_id", among=TELLS), event):
            _write(one, request_id, department_id)


def _write(event: OutboxEvent, request_id: int, department_id: int) -> None:
    message = _message(event)
    listening = listeners.accounts_listening(message.type, department_id=department_id)
    allowed = [account for account in listening if _sees(account, request_id)]
    if allowed:
        webhooks.write_messages(message, account_ids=allowed)


def _message(event: OutboxEvent) -> webhooks.Message:
    reference = str(event.payload["reference"])
    return webhooks.Message(
        type=TELLS[EventName(event.name)],
        subject=reference,
        path=f"/api/v1/placement-requests/{reference}",
        event_id=event.id,
        number=event.number,
        occurred_at=event.created_at,
    )


def _sees(account_id: int, request_id: int) -> bool:
    """Behind the client's own wall: whoever may not read a request is told nothing of it."""
    reach = accounts.reach_of_client_account(account_id)
    with wall.opened_for(reach):
        return visible_requests(reach).filter(pk=request_id).exists()
