from placements.models.access_review import AccessReview, AccessReviewRow, Judgement
from placements.models.acute import AcutePlacement
from placements.models.attachment import Attachment
from placements.models.complaint_request import ComplaintRequest
from placements.models.delay_reason import DelayReason
from placements.models.deviation import (
    ProcessDeviation,
    ProcessDeviationEntry,
    ProcessDeviationRequest,
)
from placements.models.feedback import OutcomeFeedback
from placements.models.hand_over_note import HandOverNote
from placements.models.information_request import InformationRequest
from placements.models.inquiry import ProviderInquiry
from placements.models.mail import MailChoice, MailDigest
from placements.models.notification import Notification
from placements.models.office import ClosedDay, OfficeHours
from placements.models.person import Person, PersonIdentity
from placements.models.proposal import ServiceProposal
from placements.models.read_mark import ReadMark
from placements.models.recommendation import (
    Recommendation,
    RecommendationException,
    RecommendedUnit,
)
from placements.models.reference import ReferenceCounter
from placements.models.request import PlacementRequest
from placements.models.saved_view import SavedView
from placements.models.self_check import (
    CheckAnswer,
    SelfCheck,
    SelfCheckAnswer,
    SelfCheckItem,
    SelfCheckQuestion,
)
from placements.models.standard_text import StandardText, StandardTextVersion
from placements.models.stop_touch import StopTouch
from placements.models.timeline import TimelineEntry

__all__ = [
    "AccessReview",
    "AccessReviewRow",
    "AcutePlacement",
    "Attachment",
    "CheckAnswer",
    "ClosedDay",
    "ComplaintRequest",
    "DelayReason",
    "HandOverNote",
    "InformationRequest",
    "Judgement",
    "MailChoice",
    "MailDigest",
    "Notification",
    "OfficeHours",
    "OutcomeFeedback",
    "Person",
    "PersonIdentity",
    "PlacementRequest",
    "ProcessDeviation",
    "ProcessDeviationEntry",
    "ProcessDeviationRequest",
    "ProviderInquiry",
    "ReadMark",
    "Recommendation",
    "RecommendationException",
    "RecommendedUnit",
    "ReferenceCounter",
    "SavedView",
    "SelfCheck",
    "SelfCheckAnswer",
    "SelfCheckItem",
    "SelfCheckQuestion",
    "ServiceProposal",
    "StandardText",
    "StandardTextVersion",
    "StopTouch",
    "TimelineEntry",
]
