"""What should be corrected in the register, for those who keep it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Concatenate, ParamSpec

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from providers.actions.corrections import AlreadySettled, settle_correction
from providers.models import CorrectionResult, RegisterCorrection
from providers.queries import corrections as tasks
from providers.queries import keeping
from providers.web.keeping.plans import broken_off
from providers.web.trail import Tab, register_tabs
from spink.accounts.domain.capabilities import Capability
from spink.accounts.middleware import WallRequest
from spink.accounts.web.opening import for_those_who
from spink.foundation import clock
from spink.web import wording

P = ParamSpec("P")
ROWS_A_PAGE = 50
MOST_BROKEN_OFF = 20
SETTLED = "settled"


@dataclass(frozen=True, slots=True)
class ShownCorrection:
    pk: int
    unit: str
    url: str
    fact: str
    confirmed: str
    raised: str
    settled: str
    look: str
    result: str


def for_register_keepers(
    view: Callable[Concatenate[WallRequest, P], HttpResponse],
) -> Callable[..., HttpResponse]:
    return for_those_who(Capability.KEEP_REGISTER)(view)


@require_safe
@for_register_keepers
def correction_list(request: WallRequest) -> HttpResponse:
    """Those that wait, and planned changes that broke off; with `?show=settled`, those that
    somebody has settled."""
    is_settled = request.GET.get("show") == SETTLED
    found = tasks.settled_corrections() if is_settled else tasks.open_corrections()
    page = Paginator(found, ROWS_A_PAGE).get_page(request.GET.get("page"))
    plans = keeping.broken_off_changes()
    count = 0 if is_settled else plans.count()
    context = {
        "broken_off_count": count,
        "broken_off": broken_off(plans[:MOST_BROKEN_OFF]) if count else [],
        "tabs": register_tabs("corrections", request.reach),
        "kinds": _kinds(is_settled),
        "is_settled": is_settled,
        "page_of": page,
        "rows": [shown_correction(one) for one in page.object_list],
    }
    return render(request, "providers/corrections.html", context)


def _kinds(is_settled: bool) -> list[Tab]:
    url = reverse("providers:corrections")
    return [
        Tab(_("To do"), url, not is_settled),
        Tab(_("Settled"), f"{url}?show={SETTLED}", is_settled),
    ]


def shown_correction(one: RegisterCorrection) -> ShownCorrection:
    now = clock.now()
    named = {"who": one.confirmed_by, "day": wording.day(one.confirmed_on)}
    raised = {"who": one.raised_by, "moment": wording.moment(one.raised_at, now=now)}
    return ShownCorrection(
        pk=one.pk,
        unit=one.unit_name,
        url=reverse("providers:unit", args=[one.unit_code]),
        fact=one.get_fact_display(),
        confirmed=_("%(who)s, %(day)s") % named,
        raised=_("%(who)s, %(moment)s") % raised,
        settled=_settled(one),
        look="done" if one.result == CorrectionResult.CORRECTED else "none",
        result=one.get_result_display(),
    )


def _settled(one: RegisterCorrection) -> str:
    if one.done_at is None:
        return ""
    said = wording.moment(one.done_at, now=clock.now())
    return _("%(who)s, %(moment)s") % {"who": one.done_by, "moment": said}


@require_POST
@for_register_keepers
def settle(request: WallRequest, correction_id: int) -> HttpResponse:
    result = request.POST.get("result", "")
    if result not in CorrectionResult.values:
        return HttpResponseBadRequest()
    try:
        done = settle_correction(
            correction_id=correction_id, result=CorrectionResult(result), by=request.user.actor
        )
    except RegisterCorrection.DoesNotExist:
        raise Http404 from None
    except AlreadySettled as late:
        named = {
            "unit": late.correction.unit_name,
            "who": late.correction.done_by,
            "result": str(late.correction.get_result_display()).lower(),
        }
        messages.warning(request, _("%(who)s has already settled %(unit)s: %(result)s.") % named)
    else:
        named = {"unit": done.unit_name, "fact": str(done.get_fact_display()).lower()}
        messages.success(request, _("%(unit)s is settled: %(fact)s.") % named)
    return redirect("providers:corrections")
