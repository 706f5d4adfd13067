"""How much of the control of providers waits for somebody: the number beside the menu's entry."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from providers.queries.control.complaints import count_to_handle
from providers.queries.control.findings import count_to_go_on as count_findings
from providers.queries.control.reviews import count_to_go_on as count_reviews
from providers.queries.control.vettings import count_due
from spink.accounts.domain.capabilities import Capability
from spink.accounts.middleware import WallRequest
from spink.accounts.web.opening import for_those_who
from spink.foundation import clock


@require_safe
@for_those_who(Capability.READ_FINDINGS)
def count(request: WallRequest) -> HttpResponse:
    """Findings to judge or to review, complaints to go on with, providers of which a check is to be
    made again, and reviews whose stop is to be set or whose provider is to be looked at again.

    That a page asks for it does not prolong its session.
    """
    today = clock.today()
    findings, complaints = count_findings(today), count_to_handle(today)
    waiting = findings + complaints + count_due(today) + count_reviews(today)
    answer = render(request, "providers/control/parts/count.html", {"count": waiting})
    request.session.modified = False
    return answer
