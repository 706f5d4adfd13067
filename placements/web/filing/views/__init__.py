from placements.web.filing.views.check import check
from placements.web.filing.views.complaints import complain, request_of_complaint
from placements.web.filing.views.draft import edit, section, start
from placements.web.filing.views.households import add_child, begin_side_by_side
from placements.web.filing.views.proposals import accept, decline
from placements.web.filing.views.sent import answer, report, withdraw
from placements.web.filing.views.start_page import my_requests

__all__ = [
    "accept",
    "add_child",
    "answer",
    "begin_side_by_side",
    "check",
    "complain",
    "decline",
    "edit",
    "my_requests",
    "report",
    "request_of_complaint",
    "section",
    "start",
    "withdraw",
]
