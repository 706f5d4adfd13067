from providers.models.control.complaint import Complaint, ComplaintEntry, ComplaintSetting
from providers.models.control.document import CheckDocument
from providers.models.control.finding import Finding, FindingEntry
from providers.models.control.review import (
    IncidentVisit,
    OffenceRecord,
    Review,
    ReviewEntry,
    ReviewStop,
)
from providers.models.control.source import MonitoringSource, SourceAnswer
from providers.models.control.sweep import ItemState, Sweep, SweepItem
from providers.models.control.vetting import (
    ProviderCheck,
    Vetting,
    VettingEntry,
    VettingSetting,
)
from providers.models.control.visit import EarlierNotes, SiteVisit, VisitTemplate

__all__ = [
    "CheckDocument",
    "Complaint",
    "ComplaintEntry",
    "ComplaintSetting",
    "EarlierNotes",
    "Finding",
    "FindingEntry",
    "IncidentVisit",
    "ItemState",
    "MonitoringSource",
    "OffenceRecord",
    "ProviderCheck",
    "Review",
    "ReviewEntry",
    "ReviewStop",
    "SiteVisit",
    "SourceAnswer",
    "Sweep",
    "SweepItem",
    "Vetting",
    "VettingEntry",
    "VettingSetting",
    "VisitTemplate",
]
