from providers.models.control.complaint import Complaint, ComplaintEntry, ComplaintSetting
from providers.models.control.finding import Finding, FindingEntry
from providers.models.control.source import MonitoringSource, SourceAnswer
from providers.models.control.sweep import ItemState, Sweep, SweepItem
from providers.models.control.vetting import (
    ProviderCheck,
    Vetting,
    VettingEntry,
    VettingSetting,
)

__all__ = [
    "Complaint",
    "ComplaintEntry",
    "ComplaintSetting",
    "Finding",
    "FindingEntry",
    "ItemState",
    "MonitoringSource",
    "ProviderCheck",
    "SourceAnswer",
    "Sweep",
    "SweepItem",
    "Vetting",
    "VettingEntry",
    "VettingSetting",
]
