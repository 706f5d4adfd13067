"""What can be told: the types that an endpoint subscribes to. None is ever renamed."""

from enum import StrEnum
from typing import Final


class MessageType(StrEnum):
    SUBMITTED = "placement_request.submitted"
    ASSIGNED = "placement_request.assigned"
    INFORMATION_ASKED = "placement_request.information_asked"
    INFORMATION_ANSWERED = "placement_request.information_answered"
    SERVICE_PROPOSED = "placement_request.service_proposed"
    SERVICE_ACCEPTED = "placement_request.service_accepted"
    SERVICE_DECLINED = "placement_request.service_declined"
    PROPOSAL_WITHDRAWN = "placement_request.proposal_withdrawn"
    RECOMMENDED = "placement_request.recommended"
    RECOMMENDATION_WITHDRAWN = "placement_request.recommendation_withdrawn"
    STOP_LIFTED = "placement_request.stop_lifted"
    OUTCOME_REPORTED = "placement_request.outcome_reported"
    NEW_MATCH_ASKED = "placement_request.new_match_asked"
    PLACED_ACUTE = "placement_request.placed_acute"
    COMPLETED = "placement_request.completed"
    WITHDRAWN = "placement_request.withdrawn"
    MESSAGE_WRITTEN = "placement_request.message_written"
    DOCUMENT_ADDED = "placement_request.document_added"
    PING = "ping"


SUBSCRIBED: Final = tuple(one for one in MessageType if one is not MessageType.PING)
"""A ping comes to whoever asks for one."""
