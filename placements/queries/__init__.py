from placements.queries.acute import acute_offer, acute_placement_of, placed_out_of_hours
from placements.queries.conversation import readers_of, said_of
from placements.queries.mail_choice import mail_choice_of
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
    attachments_of,
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
    "acute_offer",
    "acute_placement_of",
    "attachments_of",
    "counts_by_group",
    "feedback_of",
    "hand_over_notes",
    "in_groups",
    "inquiries_of",
    "loads",
    "log_list",
    "mail_choice_of",
    "match_now",
    "need_of",
    "need_of_reference",
    "open_question",
    "others_of_person",
    "own_requests",
    "own_view",
    "placed_out_of_hours",
    "queue",
    "queue_row",
    "queue_rows",
    "queue_rows_named",
    "read_list",
    "read_request",
    "readers_of",
    "recommendations_of",
    "replayed",
    "said_of",
    "saved_views",
    "shown_label",
    "shown_person",
    "timeline_of",
    "visible_requests",
    "workload",
]
