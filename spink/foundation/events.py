"""The names of all domain events, and the keys that each carries: ids and references only."""

from dataclasses import dataclass
from enum import StrEnum


class EventName(StrEnum):
    REQUEST_SUBMITTED = "request_submitted"
    REQUEST_ASSIGNED = "request_assigned"
    REQUEST_HANDED_OVER = "request_handed_over"
    COMPLETION_ASKED = "completion_asked"
    COMPLETION_ANSWERED = "completion_answered"
    REQUEST_RECOMMENDED = "request_recommended"
    RECOMMENDATION_WITHDRAWN = "recommendation_withdrawn"
    SERVICE_PROPOSED = "service_proposed"
    SERVICE_ACCEPTED = "service_accepted"
    SERVICE_DECLINED = "service_declined"
    PROPOSAL_WITHDRAWN = "proposal_withdrawn"
    OUTCOME_REPORTED = "outcome_reported"
    NEW_MATCH_ASKED = "new_match_asked"
    REQUEST_WITHDRAWN = "request_withdrawn"
    REQUEST_PLACED_ACUTE = "request_placed_acute"
    REQUEST_COMPLETED = "request_completed"
    MESSAGE_WRITTEN = "message_written"
    NOTIFICATION_WRITTEN = "notification_written"
    PASSWORD_LINK_ASKED = "password_link_asked"  # noqa: S105
    PASSWORD_LINK_GIVEN = "password_link_given"  # noqa: S105
    MAIL_ADDRESS_CHANGED = "mail_address_changed"
    ROLE_ASSIGNED = "role_assigned"
    DIGEST_WRITTEN = "digest_written"
    ATTACHMENT_ADDED = "attachment_added"
    ATTACHMENT_FOUND_CLEAN = "attachment_found_clean"
    ATTACHMENT_REFUSED = "attachment_refused"
    CHECK_DOCUMENT_ADDED = "check_document_added"
    REGISTER_IMPORT_CONFIRMED = "register_import_confirmed"
    FINDING_UP_FOR_REVIEW = "finding_up_for_review"
    FINDING_DUE = "finding_due"
    REVIEW_DUE = "review_due"
    VETTING_DUE = "vetting_due"
    COMPLAINT_TOLD = "complaint_told"
    DEVIATION_FILED = "deviation_filed"
    DEVIATION_ANSWERED = "deviation_answered"
    PLANNED_CHANGE_BROKE_OFF = "planned_change_broke_off"
    STOP_SET = "stop_set"
    STOP_ENDED = "stop_ended"
    REQUEST_STOPPED = "request_stopped"
    REQUEST_STOP_LIFTED = "request_stop_lifted"
    ALTERNATIVE_PICKED = "alternative_picked"


OF_A_REQUEST = frozenset({"request_id", "reference", "by_user_id"})
"""Whoever handles an event of a request reads the rest behind the wall."""
OF_A_STOP = frozenset({"stop_id", "by_user_id"})
OF_A_DEVIATION = frozenset({"deviation_id", "by_user_id"})
PAYLOAD_KEYS = dict.fromkeys(EventName, OF_A_REQUEST) | {
    EventName.NOTIFICATION_WRITTEN: frozenset({"notification_id", "reference"}),
    EventName.PASSWORD_LINK_ASKED: frozenset({"user_id"}),
    EventName.PASSWORD_LINK_GIVEN: frozenset({"by_user_id"}),
    EventName.MAIL_ADDRESS_CHANGED: frozenset({"entry_id", "by_user_id"}),
    EventName.ROLE_ASSIGNED: frozenset({"by_user_id"}),
    EventName.DIGEST_WRITTEN: frozenset({"digest_id"}),
    EventName.ATTACHMENT_ADDED: frozenset({"attachment_id", "reference"}),
    EventName.CHECK_DOCUMENT_ADDED: frozenset({"document_id"}),
    EventName.REGISTER_IMPORT_CONFIRMED: frozenset({"upload_id"}),
    EventName.FINDING_UP_FOR_REVIEW: frozenset({"finding_id", "by_user_id"}),
    EventName.FINDING_DUE: frozenset({"finding_id"}),
    EventName.REVIEW_DUE: frozenset({"review_id"}),
    EventName.VETTING_DUE: frozenset({"vetting_id"}),
    EventName.COMPLAINT_TOLD: frozenset({"complaint_id", "by_user_id"}),
    EventName.DEVIATION_FILED: OF_A_DEVIATION,
    EventName.DEVIATION_ANSWERED: OF_A_DEVIATION,
    EventName.PLANNED_CHANGE_BROKE_OFF: frozenset({"plan_id"}),
    EventName.STOP_SET: OF_A_STOP,
    EventName.STOP_ENDED: OF_A_STOP,
}


@dataclass(frozen=True, slots=True)
class Event:
    name: EventName
    payload: dict[str, str | int | None]

    def __post_init__(self) -> None:
        if set(self.payload) != PAYLOAD_KEYS[self.name]:
            raise ValueError(f"{self.name} carries {sorted(self.payload)}")
