"""Everything that changes a request. Each action is one transaction, and `by` is who acts."""

from placements.actions.access_review import draw_review, judge_reading
from placements.actions.acute import begin_acute, complete_request, place_acute
from placements.actions.alternatives import TouchSettled, pick_alternative, settle_touch
from placements.actions.attachments import (
    AttachmentsClosed,
    NotWithdrawable,
    add_attachment,
    remove_attachment,
    withdraw_attachment,
)
from placements.actions.complaining import file_complaint_about_request
from placements.actions.decisions import ReasonChanged, give_delay_reason
from placements.actions.deviations import (
    DeviationOutdated,
    close_deviation,
    correct_deviation,
    file_deviation,
    hand_over_deviation,
    mark_deviation_looked_at,
    note_on_deviation,
    reopen_deviation,
    take_deviation,
)
from placements.actions.drafts import (
    Incomplete,
    KeyTaken,
    NotADraft,
    save_section,
    start_draft,
    submit_request,
)
from placements.actions.excepting import AskedException
from placements.actions.filing_at_once import file_request
from placements.actions.giving import (
    CannotHandOver,
    Hindrance,
    NotAnOfficerHere,
    Seen,
    assign_request,
    hand_over,
    hand_over_all,
    read_hand_over_notes,
    take_next,
    take_request,
)
from placements.actions.handling import (
    answer_information,
    ask_information,
    withdraw_request,
    write,
)
from placements.actions.households import (
    add_child,
    recommend_to_household,
    report_for_household,
    submit_household,
)
from placements.actions.inquiries import (
    OTHER_REASON,
    AskedUnit,
    NoteNeeded,
    StoppedUnits,
    ask_providers,
    note_answer,
)
from placements.actions.linking import NotTheSamePerson, begin_side_by_side, link_side_by_side
from placements.actions.mail_choice import choose_mail
from placements.actions.office import (
    HoursChanged,
    add_closed_day,
    add_usual_days,
    remove_closed_day,
    save_office_hours,
)
from placements.actions.persons import PersonDetails, save_person
from placements.actions.proposing import (
    accept_service,
    answer_for_household,
    decline_service,
    propose_service,
    propose_to_household,
    withdraw_proposal,
)
from placements.actions.reading import note_reading
from placements.actions.recommending import recommend
from placements.actions.reporting import ReasonNeeded, StoppedUnit, UnknownUnit, report_outcome
from placements.actions.saved_views import TooManyViews, ViewNameTaken, remove_view, save_view
from placements.actions.self_check import (
    CheckedAs,
    CheckedMeanwhile,
    check_request,
    draw_self_check,
    lock_self_check,
)
from placements.actions.standard_texts import (
    TextNameTaken,
    TextRewritten,
    change_text,
    create_text,
    end_text,
)
from placements.actions.stepping import Outdated
from placements.actions.stopping import carry_out_stop, withdraw_stopped
from placements.actions.unrecommending import NotStanding, withdraw_recommendation

__all__ = [
    "OTHER_REASON",
    "AskedException",
    "AskedUnit",
    "AttachmentsClosed",
    "CannotHandOver",
    "CheckedAs",
    "CheckedMeanwhile",
    "DeviationOutdated",
    "Hindrance",
    "HoursChanged",
    "Incomplete",
    "KeyTaken",
    "NotADraft",
    "NotAnOfficerHere",
    "NotStanding",
    "NotTheSamePerson",
    "NotWithdrawable",
    "NoteNeeded",
    "Outdated",
    "PersonDetails",
    "ReasonChanged",
    "ReasonNeeded",
    "Seen",
    "StoppedUnit",
    "StoppedUnits",
    "TextNameTaken",
    "TextRewritten",
    "TooManyViews",
    "TouchSettled",
    "UnknownUnit",
    "ViewNameTaken",
    "accept_service",
    "add_attachment",
    "add_child",
    "add_closed_day",
    "add_usual_days",
    "answer_for_household",
    "answer_information",
    "ask_information",
    "ask_providers",
    "assign_request",
    "begin_acute",
    "begin_side_by_side",
    "carry_out_stop",
    "change_text",
    "check_request",
    "choose_mail",
    "close_deviation",
    "complete_request",
    "correct_deviation",
    "create_text",
    "decline_service",
    "draw_review",
    "draw_self_check",
    "end_text",
    "file_complaint_about_request",
    "file_deviation",
    "file_request",
    "give_delay_reason",
    "hand_over",
    "hand_over_all",
    "hand_over_deviation",
    "judge_reading",
    "link_side_by_side",
    "lock_self_check",
    "mark_deviation_looked_at",
    "note_answer",
    "note_on_deviation",
    "note_reading",
    "pick_alternative",
    "place_acute",
    "propose_service",
    "propose_to_household",
    "read_hand_over_notes",
    "recommend",
    "recommend_to_household",
    "remove_attachment",
    "remove_closed_day",
    "remove_view",
    "reopen_deviation",
    "report_for_household",
    "report_outcome",
    "save_office_hours",
    "save_person",
    "save_section",
    "save_view",
    "settle_touch",
    "start_draft",
    "submit_household",
    "submit_request",
    "take_deviation",
    "take_next",
    "take_request",
    "withdraw_attachment",
    "withdraw_proposal",
    "withdraw_recommendation",
    "withdraw_request",
    "withdraw_stopped",
    "write",
]
