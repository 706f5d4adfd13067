"""The unit's list of decisions not carried out, and the page where it is said why."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from placements import actions, policies, queries
from placements.domain.not_carried_out import Quarter
from placements.models import PlacementRequest
from placements.queries import decisions
from placements.web.decisions import quarters
from placements.web.shared.opening import about_readable_request, for_readers
from placements.web.shared.states import LOOKS
from spink.accounts.domain.reach import Reach
from spink.accounts.middleware import WallRequest
from spink.catalogue import queries as catalogue
from spink.catalogue.models import ReasonKind
from spink.foundation import clock
from spink.web.forms import Form, offer

ROWS_A_PAGE = 50
UNPROCESSABLE = 422
CONFLICT = 409


@dataclass(frozen=True, slots=True)
class Row:
    reference: str
    url: str
    title: str
    label: str
    is_protected: bool
    unit: str
    decided_on: date
    late_since: date
    days_late: int
    carried_out_on: date | None
    look: str
    state: str
    reason: str
    note: str
    explain_url: str


@require_safe
@for_readers
def not_carried_out(request: WallRequest) -> HttpResponse:
    policies.check_can_follow_decisions(request.reach)
    quarter = quarters.chosen(request)
    found = decisions.not_carried_out(request.reach, quarter)
    page = Paginator(found, ROWS_A_PAGE).get_page(request.GET.get("page"))
    listed = list(page.object_list)
    queries.log_list(listed, reading=request.reading)
    context = {
        "rows": _rows(listed, quarter, request.reach),
        "page_obj": page,
        "quarter": quarters.named(quarter),
        "quarters": quarters.choices(quarter),
    }
    return render(request, "placements/decisions/list.html", context)


def _rows(listed: Iterable[Any], quarter: Quarter, reach: Reach) -> list[Row]:
    rows = list(listed)
    services = catalogue.names({one.service_type for one in rows}, of="service")
    reasons = catalogue.names(
        {one.delay_reason for one in rows if one.delay_reason}, of=ReasonKind.NOT_CARRIED_OUT
    )
    return [_row(one, quarter, reach, services, reasons) for one in rows]


def _row(
    one: Any,
    quarter: Quarter,
    reach: Reach,
    services: dict[str, str],
    reasons: dict[str, str],
) -> Row:
    shown = queries.shown_label(one)
    until = one.done_on or clock.today()
    may_explain = policies.can_explain_delay(one, reach) and quarters.can_be_explained(quarter)
    return Row(
        reference=one.reference,
        url=reverse("placements:request", args=[one.reference]),
        title=services[one.service_type],
        label=shown.label,
        is_protected=shown.is_protected,
        unit=str(one.unit),
        decided_on=one.decision_date,
        late_since=one.in_time_until,
        days_late=(until - one.in_time_until).days,
        carried_out_on=one.carried_out_on,
        look=LOOKS[one.state],
        state=one.get_state_display(),
        reason=reasons.get(one.delay_reason, ""),
        note=one.delay_note,
        explain_url=_explain_url(one, quarter) if may_explain else "",
    )


def _explain_url(placement: PlacementRequest, quarter: Quarter) -> str:
    address = reverse("placements:explain-delay", args=[placement.reference])
    return f"{address}?quarter={quarter}"


class DelayForm(Form):
    reason = forms.ChoiceField(
        label=gettext_lazy("Why is the decision not carried out?"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose why it is not carried out.")},
    )
    note = forms.CharField(
        label=gettext_lazy("Note"),
        help_text=gettext_lazy("For your own unit. Figures show the reason alone."),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = catalogue.reasons(ReasonKind.NOT_CARRIED_OUT, clock.today())
        offer(self, "reason", [(one.code, one.name) for one in known])


@about_readable_request
def explain_delay(request: WallRequest, placement: PlacementRequest) -> HttpResponse:
    """Why this decision is not carried out, for the quarter that the address names."""
    policies.check_can_explain_delay(placement, request.reach)
    quarter = quarters.chosen(request)
    late = decisions.not_carried_out(request.reach, quarter).filter(pk=placement.pk).first()
    if late is None or not quarters.can_be_explained(quarter):
        messages.warning(request, _("The decision does not stand among those not carried out."))
        return redirect(_list_url(quarter))
    form = DelayForm(request.POST or None, initial=_initial(late, quarter))
    status = 200
    if request.method == "POST":
        status = UNPROCESSABLE
        if form.is_valid():
            try:
                actions.give_delay_reason(
                    request_id=placement.pk,
                    quarter=quarter,
                    by=request.user.actor,
                    **form.cleaned_data,
                )
            except actions.ReasonChanged:
                form, status = _renewed(form, late, quarter), CONFLICT
            else:
                messages.success(request, _("The reason is saved."))
                return redirect(_list_url(quarter))
    row = _rows([late], quarter, request.reach)[0]
    context = {
        "placement": placement,
        "row": row,
        "form": form,
        "quarter": quarters.named(quarter),
        "list_url": _list_url(quarter),
    }
    return render(request, "placements/decisions/explain.html", context, status=status)


def _list_url(quarter: Quarter) -> str:
    return f"{reverse('placements:not-carried-out')}?quarter={quarter}"


def _initial(late: Any, quarter: Quarter) -> dict[str, Any]:
    given = decisions.delay_reason_of(late, quarter)
    return {
        "reason": late.delay_reason,
        "note": late.delay_note,
        "seen": given.version if given else 0,
    }


def _renewed(form: DelayForm, late: PlacementRequest, quarter: Quarter) -> DelayForm:
    """What was typed, against what somebody else has saved meanwhile."""
    given = decisions.delay_reason_of(late, quarter)
    if given is None:
        raise Http404
    data = form.data.copy()  # type: ignore[attr-defined]
    data["seen"] = str(given.version)
    renewed = DelayForm(data)
    renewed.add_error(
        None, _("A colleague has given a reason meanwhile. Save again if yours holds instead.")
    )
    return renewed
