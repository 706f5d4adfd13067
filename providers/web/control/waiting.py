"""How much of the control of providers waits: beside the menu's entry, and on each of its tabs."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Final

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from providers.queries.control.complaints import count_to_handle
from providers.queries.control.findings import count_to_go_on as count_findings
from providers.queries.control.reviews import count_to_go_on as count_reviews
from providers.queries.control.reviews import count_with_lawyer
from providers.queries.control.vettings import count_due
from providers.queries.control.visits import count_overdue
from spink.accounts.domain.capabilities import Capability
from spink.accounts.domain.reach import Reach
from spink.accounts.middleware import WallRequest
from spink.accounts.policies import can
from spink.accounts.web.opening import for_those_who
from spink.foundation import clock

Counts = Mapping[str, Callable[[date], int]]

OF_THE_TEAM: Final[Counts] = {
    "findings": count_findings,
    "complaints": count_to_handle,
    "visits": count_overdue,
    "vettings": count_due,
    "reviews": count_reviews,
}
OF_THE_LAWYER: Final[Counts] = {"reviews": lambda _day: count_with_lawyer()}


def waiting(reach: Reach) -> dict[str, int]:
    """By part of the control. Of the team: findings to judge or to review, complaints to go on
    with, visits whose day has passed, providers of which a check is to be made again, and reviews
    whose stop is to be set or whose provider is to be looked at again. Of the lawyer: reviews that
    wait for the view."""
    counts: dict[str, Callable[[date], int]] = {}
    if can(reach, Capability.GIVE_LEGAL_VIEW):
        counts |= OF_THE_LAWYER
    if can(reach, Capability.TRIAGE_FINDINGS):
        counts |= OF_THE_TEAM
    today = clock.today()
    return {part: count(today) for part, count in counts.items()}


@require_safe
@for_those_who(Capability.READ_FINDINGS)
def count(request: WallRequest) -> HttpResponse:
    """That a page asks for it does not prolong its session."""
    waits = sum(waiting(request.reach).values())
    answer = render(request, "providers/control/parts/count.html", {"count": waits})
    request.session.modified = False
    return answer
