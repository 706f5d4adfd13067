from placements.queries.matching import match_now, need_of, need_of_reference, replayed
from placements.queries.queue import queue, queue_row, queue_rows
from placements.queries.requests import (
    feedback_of,
    inquiries_of,
    log_list,
    open_question,
    others_of_person,
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
    "log_list",
    "match_now",
    "need_of",
    "need_of_reference",
    "open_question",
    "others_of_person",
    "own_requests",
    "queue",
    "queue_row",
    "queue_rows",
    "read_list",
    "read_request",
    "recommendations_of",
    "replayed",
    "shown_label",
    "shown_person",
    "timeline_of",
    "visible_requests",
]
