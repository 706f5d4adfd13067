"""What is said on a request, and how far each of its readers has come."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from placements.models import PlacementRequest, ReadMark, TimelineEntry

SAID: Final = frozenset({"message", "note", "ask_information", "answer_information"})
"""Kinds of entries on the timeline that are words to somebody."""


@dataclass(frozen=True, slots=True)
class Reader:
    user_id: int
    name: str
    side: str
    read_to: int


def said_of(entries: Sequence[TimelineEntry]) -> list[TimelineEntry]:
    """The words among the entries of a timeline, the newest last."""
    return [entry for entry in reversed(entries) if entry.kind in SAID]


def readers_of(request: PlacementRequest) -> list[Reader]:
    marks = ReadMark.objects.filter(request=request).select_related("user").order_by("read_at")
    return [Reader(one.user_id, str(one.user), one.side, one.read_to) for one in marks]
