from placements.queries.matching import match_now, need_of, need_of_reference, replayed
from placements.queries.queue import queue, queue_row
from placements.queries.requests import (
    feedback_of,
    inquiries_of,
    open_question,
    own_requests,
    read_list,
    read_request,
    recommendations_of,
    shown_label,
    shown_person,
    timeline_of,
)
from placements.queries.visible import visible_requests

__all__ = [
    "feedback_of",
    "inquiries_of",
    "match_now",
    "need_of",
    "need_of_reference",
    "open_question",
    "own_requests",
    "queue",
    "queue_row",
    "read_list",
    "read_request",
    "recommendations_of",
    "replayed",
    "shown_label",
    "shown_person",
    "timeline_of",
    "visible_requests",
]
