"""Everything that changes a request. Each action is one transaction, and `by` is who acts."""

from placements.actions.drafts import (
    Incomplete,
    KeyTaken,
    NotADraft,
    save_section,
    start_draft,
    submit_request,
)
from placements.actions.excepting import AskedException
from placements.actions.handling import (
    NotAnOfficerHere,
    answer_information,
    ask_information,
    assign_request,
    hand_over,
    take_request,
    withdraw_request,
    write,
)
from placements.actions.inquiries import AskedUnit, ask_providers, note_answer
from placements.actions.office import (
    HoursChanged,
    add_closed_day,
    add_usual_days,
    remove_closed_day,
    save_office_hours,
)
from placements.actions.persons import PersonDetails, save_person
from placements.actions.recommending import recommend
from placements.actions.reporting import ReasonNeeded, UnknownUnit, report_outcome
from placements.actions.stepping import Outdated

__all__ = [
    "AskedException",
    "AskedUnit",
    "HoursChanged",
    "Incomplete",
    "KeyTaken",
    "NotADraft",
    "NotAnOfficerHere",
    "Outdated",
    "PersonDetails",
    "ReasonNeeded",
    "UnknownUnit",
    "add_closed_day",
    "add_usual_days",
    "answer_information",
    "ask_information",
    "ask_providers",
    "assign_request",
    "hand_over",
    "note_answer",
    "recommend",
    "remove_closed_day",
    "report_outcome",
    "save_office_hours",
    "save_person",
    "save_section",
    "start_draft",
    "submit_request",
    "take_request",
    "withdraw_request",
    "write",
]
