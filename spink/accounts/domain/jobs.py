"""The jobs of the system itself, one by one, each with what it may read among guarded tables."""

from enum import Enum


class SystemJob(Enum):
    """A member's value: the tables behind the wall that the job reads and writes."""

    DELIVER_NOTIFICATIONS = (
        "placements_placementrequest",
        "placements_notification",
    )
    REPLAY_RECOMMENDATION = (
        "placements_placementrequest",
        "placements_recommendation",
        "placements_recommendedunit",
        "placements_recommendationexception",
    )
    FIND_SAME_PERSON = ("placements_person", "placements_placementrequest")
    MATCH_ON_COMMAND_LINE = ("placements_placementrequest",)
    LOAD_SAMPLE = (
        "placements_person",
        "placements_personidentity",
        "placements_placementrequest",
        "placements_providerinquiry",
        "placements_recommendation",
        "placements_recommendedunit",
        "placements_recommendationexception",
        "placements_outcomefeedback",
        "placements_acuteplacement",
        "placements_delayreason",
        "placements_timelineentry",
        "placements_informationrequest",
        "placements_handovernote",
        "placements_notification",
        "placements_serviceproposal",
        "placements_attachment",
        "placements_readmark",
        "placements_stoptouch",
        "placements_complaintrequest",
        "placements_processdeviation",
        "placements_processdeviationentry",
        "placements_processdeviationrequest",
        "providers_complaint",
        "providers_complaintentry",
        "providers_checkdocument",
        "placements_selfcheck",
        "placements_selfcheckquestion",
        "placements_selfcheckitem",
        "placements_selfcheckanswer",
    )
    CHECK_ATTACHMENTS = (
        "placements_placementrequest",
        "placements_attachment",
    )
    WRITE_WEBHOOKS = (
        "placements_placementrequest",
        "webhooks_webhookendpoint",
        "webhooks_webhookdelivery",
    )
    SEND_WEBHOOKS = ("webhooks_webhookendpoint", "webhooks_webhookdelivery")
    ADMINISTER_WEBHOOKS = (
        # in an order of its own: members of the same value would be one
        "webhooks_webhookdelivery",
        "webhooks_webhookendpoint",
    )
    REVIEW_ACCESS_LOG = ("accounts_accessentry", "placements_placementrequest")
    FOLLOW_UP_REVIEWS = ("placements_accessreview", "placements_accessreviewrow")
    PREVIEW_REGISTER_CHANGE = (
        # in an order of its own: members of the same value would be one
        "placements_recommendation",
        "placements_recommendedunit",
        "placements_placementrequest",
    )
    PREVIEW_STOP = (
        "placements_placementrequest",
        "placements_providerinquiry",
        "placements_recommendation",
        "placements_recommendedunit",
    )
    CARRY_OUT_STOPS = (
        "placements_placementrequest",
        "placements_providerinquiry",
        "placements_recommendation",
        "placements_recommendedunit",
        "placements_stoptouch",
        "placements_timelineentry",
    )
    CHECK_DOCUMENTS_OF_CHECKS = ("providers_checkdocument",)
    TELL_OF_COMPLAINTS = ("providers_complaint",)
    TELL_OF_DEVIATIONS = ("placements_processdeviation",)
    COUNT_DECISIONS = (
        "placements_placementrequest",
        "placements_outcomefeedback",
        "placements_delayreason",
    )
    COUNT_FOLLOW_UP = (
        "providers_complaint",
        "placements_processdeviation",
    )

    @property
    def tables(self) -> tuple[str, ...]:
        guarded: tuple[str, ...] = self.value
        return guarded
