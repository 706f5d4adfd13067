from providers.models.control.finding import Finding, FindingEntry
from providers.models.control.source import MonitoringSource, SourceAnswer
from providers.models.control.sweep import ItemState, Sweep, SweepItem

__all__ = [
    "Finding",
    "FindingEntry",
    "ItemState",
    "MonitoringSource",
    "SourceAnswer",
    "Sweep",
    "SweepItem",
]
