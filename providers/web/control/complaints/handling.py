"""The list of complaints and one complaint, for those who handle them."""

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from providers.actions.control import complaints as actions
from providers.domain.control.complaints import ComplaintStep, StepNotAllowed
from providers.models import Complaint
from providers.queries.control import complaints as queries
from providers.web.control.complaints.filters import ComplaintFilter
from providers.web.control.complaints.forms import reason_choices
from providers.web.control.complaints.rows import shown_entries, shown_rows
from providers.web.control.complaints.steps import TAKEN, shown_steps
from providers.web.control.tabs import control_tabs
from providers.web.trail import Crumb
from spink.accounts import queries as accounts
from spink.accounts.access_log import log_reading
from spink.accounts.domain.capabilities import Capability
from spink.accounts.domain.roles import Role
from spink.accounts.middleware import WallRequest
from spink.accounts.policies import can
from spink.accounts.web.opening import for_those_who
from spink.catalogue.models import ReasonKind
from spink.foundation import clock
from spink.web.filtering import chosen_filters
from spink.web.navigation import Text
from spink.web.versions import VersionedForm

ROWS_A_PAGE = 50
CONFLICT, UNPROCESSABLE = 409, 422
SHOWN: dict[str, Text] = {
    "to_do": gettext_lazy("To handle"),
    "mine": gettext_lazy("My complaints"),
    "waiting": gettext_lazy("Waiting for an answer"),
    "told": gettext_lazy("To close"),
    "closed": gettext_lazy("Closed complaints"),
}
EMPTY: dict[str, Text] = {
    "to_do": gettext_lazy("No complaint waits for you. New ones come from social workers."),
    "mine": gettext_lazy("You have no complaints. Take one from those that are to be handled."),
    "waiting": gettext_lazy("No provider is to answer just now."),
    "told": gettext_lazy("All whose answer has been passed on are closed."),
    "closed": gettext_lazy("No complaint has been closed yet."),
}


@require_safe
@for_those_who(Capability.READ_COMPLAINTS)
def complaint_list(request: WallRequest) -> HttpResponse:
    asked = request.GET.get("show", "")
    shown = asked if asked in SHOWN else "to_do"
    user_id = request.reach.user_id
    found = queries.complaints().filter(queries.of_state(shown, user_id=user_id))
    if shown == "closed":
        found = found.order_by("-closed_at", "-pk")
    filterset = ComplaintFilter(
        request.GET,
        found,
        owners=[(str(one.pk), str(one)) for one in accounts.holders_of(Role.QUALITY_CONTROLLER)],
        categories=reason_choices(ReasonKind.COMPLAINT_CATEGORY),
    )
    page = Paginator(filterset.qs, ROWS_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "tabs": control_tabs("complaints", request.reach),
        "shown": shown,
        "kinds": _kinds(shown, queries.counted(SHOWN, user_id=user_id)),
        "filter": filterset,
        "chosen": chosen_filters(filterset),
        "clear_url": f"?show={shown}",
        "page_of": page,
        "rows": shown_rows(
            page.object_list,
            similar=queries.similar(clock.today()),
            can_handle=can(request.reach, Capability.HANDLE_COMPLAINTS),
        ),
        "empty": EMPTY[shown],
        "can_handle": can(request.reach, Capability.HANDLE_COMPLAINTS),
    }
    return render(request, "providers/control/complaints/list.html", context)


def _kinds(shown: str, counts: Mapping[str, int]) -> list[dict[str, Any]]:
    url = reverse("providers:complaints")
    return [
        {
            "label": label,
            "url": f"{url}?show={name}",
            "current": name == shown,
            "count": counts[name],
        }
        for name, label in SHOWN.items()
    ]


@require_safe
@for_those_who(Capability.READ_COMPLAINTS)
def complaint_page(request: WallRequest, complaint_id: int) -> HttpResponse:
    return _page(request, _found(complaint_id))


@require_POST
@for_those_who(Capability.HANDLE_COMPLAINTS)
def take_step(request: WallRequest, complaint_id: int, step: str) -> HttpResponse:
    """One step of the lifecycle's table, by its name in the address."""
    if step not in TAKEN:
        raise Http404
    complaint, taken = _found(complaint_id), TAKEN[ComplaintStep(step)]
    form = taken.form(request.POST, complaint=complaint)
    if not form.is_valid():
        return _page(request, complaint, (ComplaintStep(step), form), status=UNPROCESSABLE)

    def act() -> str:
        taken.act(
            complaint_id=complaint.pk,
            by=request.user.actor,
            version=form.seen,
            **taken.given(form.cleaned_data),
        )
        return str(taken.done)

    return _after(request, complaint, (ComplaintStep(step), form), act)


def _after(
    request: WallRequest,
    complaint: Complaint,
    sent: tuple[ComplaintStep, VersionedForm],
    act: Callable[[], str],
) -> HttpResponse:
    """409 where somebody else was quicker: what happened is told, and what was typed is kept."""
    try:
        done = act()
    except (actions.Outdated, StepNotAllowed):
        current = _found(complaint.pk)
        sent[1].renew(current.version)
        return _page(request, current, sent, status=CONFLICT)
    messages.success(request, done)
    return redirect("providers:complaint", complaint.pk)


def _found(complaint_id: int) -> Complaint:
    complaint = queries.complaint_by_id(queries.complaints(), complaint_id)
    if complaint is None:
        raise Http404
    return complaint


def _page(
    request: WallRequest,
    complaint: Complaint,
    sent: tuple[ComplaintStep, VersionedForm] | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    log_reading(request.reading, [complaint.reference])
    can_handle = can(request.reach, Capability.HANDLE_COMPLAINTS)
    similar = queries.similar(clock.today(), provider_id=complaint.provider_id)
    row = shown_rows([complaint], similar=similar, can_handle=can_handle)[0]
    history = queries.entries_of(complaint, with_internal=True)
    entries = shown_entries(history)
    steps = shown_steps(complaint, history, sent) if can_handle else []
    is_late = status == CONFLICT
    context = {
        "complaint": complaint,
        "row": row,
        "entries": entries,
        "steps": steps,
        "sent_form": sent[1] if sent and not is_late else None,
        "is_late": is_late,
        "conflict": entries[:1] if is_late else [],
        "typed": sent[1].data.get("text", "") if sent and is_late else "",
        "can_propose": can_handle and bool(row.similar),
        "days": queries.rules().similar_days if row.similar else 0,
        "trail": [Crumb(_("Complaints"), "providers:complaints"), Crumb(row.title)],
    }
    return render(request, "providers/control/complaints/complaint.html", context, status=status)
