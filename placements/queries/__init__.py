from placements.queries.matching import match_now, need_of, need_of_reference, replayed
from placements.queries.queue import (
    counts_by_group,
    in_groups,
    queue,
    queue_row,
    queue_rows,
    queue_rows_named,
)
from placements.queries.requests import (
    feedback_of,
    hand_over_notes,
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
from placements.queries.saved_views import own_view, saved_views
from placements.queries.visible import visible_requests
from placements.queries.workload import OfficersLoad, loads, workload

__all__ = [
    "OfficersLoad",
    "counts_by_group",
    "feedback_of",
    "hand_over_notes",
    "in_groups",
    "inquiries_of",
    "loads",
    "log_list",
    "match_now",
    "need_of",
    "need_of_reference",
    "open_question",
    "others_of_person",
    "own_requests",
    "own_view",
    "queue",
    "queue_row",
    "queue_rows",
    "queue_rows_named",
    "read_list",
    "read_request",
    "recommendations_of",
    "replayed",
    "saved_views",
    "shown_label",
    "shown_person",
    "timeline_of",
    "visible_requests",
    "workload",
]
