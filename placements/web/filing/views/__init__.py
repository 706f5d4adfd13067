from placements.web.filing.views.draft import check, edit, section, start
from placements.web.filing.views.sent import answer, report, withdraw
from placements.web.filing.views.start_page import my_requests

__all__ = [
    "answer",
    "check",
    "edit",
    "my_requests",
    "report",
    "section",
    "start",
    "withdraw",
]
