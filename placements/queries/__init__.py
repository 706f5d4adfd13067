from placements.queries.acute import acute_offer, acute_placement_of, placed_out_of_hours
from placements.queries.complaints import (
    complaints_about_request,
    request_of_complaint,
    units_met,
)
from placements.queries.conversation import readers_of, said_of
from placements.queries.deviations import deviations_about_request
from placements.queries.households import (
    as_one,
    head_id,
    household_of,
    living_together,
    sizes,
)
from placements.queries.mail_choice import mail_choice_of
from placements.queries.matching import (
    match_now,
    match_one,
    need_of,
    need_of_reference,
    preview,
    replayed,
)
from placements.queries.proposals import beginning_in, continued, latest_proposal
from placements.queries.queue import (
    counts_by_group,
    in_groups,
    queue,
    queue_row,
    queue_rows,
    queue_rows_named,
)
from placements.queries.requests import (
    attachment_names,
    attachments_of,
    chosen_units,
    feedback_of,
    hand_over_notes,
    inquiries_of,
    log_list,
    open_question,
    own_requests,
    read_list,
    read_request,
    recommendations_of,
    shown_label,
    shown_person,
    timeline_of,
)
from placements.queries.saved_views import own_view, saved_views
from placements.queries.standard_texts import (
    all_texts,
    standard_text,
    texts_for,
    texts_for_many,
    versions_of,
)
from placements.queries.visible import visible_requests
from placements.queries.workload import OfficersLoad, loads, workload

__all__ = [
    "OfficersLoad",
    "acute_offer",
    "acute_placement_of",
    "all_texts",
    "as_one",
    "attachment_names",
    "attachments_of",
    "beginning_in",
    "chosen_units",
    "complaints_about_request",
    "continued",
    "counts_by_group",
    "deviations_about_request",
    "feedback_of",
    "hand_over_notes",
    "head_id",
    "household_of",
    "in_groups",
    "inquiries_of",
    "latest_proposal",
    "living_together",
    "loads",
    "log_list",
    "mail_choice_of",
    "match_now",
    "match_one",
    "need_of",
    "need_of_reference",
    "open_question",
    "own_requests",
    "own_view",
    "placed_out_of_hours",
    "preview",
    "queue",
    "queue_row",
    "queue_rows",
    "queue_rows_named",
    "read_list",
    "read_request",
    "readers_of",
    "recommendations_of",
    "replayed",
    "request_of_complaint",
    "said_of",
    "saved_views",
    "shown_label",
    "shown_person",
    "sizes",
    "standard_text",
    "texts_for",
    "texts_for_many",
    "timeline_of",
    "units_met",
    "versions_of",
    "visible_requests",
    "workload",
]
