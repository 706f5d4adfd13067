"""The list of process deviations and one of them, for those who handle them."""

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

from placements import actions, policies
from placements.domain.deviations import DeviationStep, DeviationStepNotAllowed
from placements.models import ProcessDeviation
from placements.queries import deviations as queries
from placements.web.deviations.filters import DeviationFilter
from placements.web.deviations.forms import every_team, reason_choices
from placements.web.deviations.rows import shown_entries, shown_rows
from placements.web.deviations.steps import TAKEN, shown_steps
from spink.accounts import queries as accounts
from spink.accounts.access_log import log_reading
from spink.accounts.domain.capabilities import Capability
from spink.accounts.domain.roles import Role
from spink.accounts.middleware import WallRequest
from spink.accounts.web.opening import for_those_who
from spink.catalogue.models import ReasonKind
from spink.web.filtering import chosen_filters
from spink.web.navigation import Crumb, Text
from spink.web.versions import VersionedForm

ROWS_A_PAGE = 50
CONFLICT, UNPROCESSABLE = 409, 422
SHOWN: dict[str, Text] = {
    "to_do": gettext_lazy("To handle"),
    "mine": gettext_lazy("My deviations"),
    "under_review": gettext_lazy("Being looked into"),
    "closed": gettext_lazy("Closed deviations"),
}
EMPTY: dict[str, Text] = {
    "to_do": gettext_lazy(
        "No deviation waits for you. New ones come from those who file and match requests."
    ),
    "mine": gettext_lazy("You have no deviations. Take one from those that are to be handled."),
    "under_review": gettext_lazy("No deviation is being looked into."),
    "closed": gettext_lazy("No deviation has been closed yet."),
}

for_handlers = for_those_who(Capability.HANDLE_DEVIATIONS)


@require_safe
@for_handlers
def deviation_list(request: WallRequest) -> HttpResponse:
    asked = request.GET.get("show", "")
    shown = asked if asked in SHOWN else "to_do"
    user_id = request.reach.user_id
    found = queries.deviations().filter(queries.of_state(shown, user_id=user_id))
    if shown == "closed":
        found = found.order_by("-closed_at", "-pk")
    filterset = DeviationFilter(
        request.GET,
        found,
        owners=[(str(one.pk), str(one)) for one in accounts.holders_of(Role.QUALITY_CONTROLLER)],
        categories=reason_choices(ReasonKind.DEVIATION_CATEGORY),
        teams=every_team(),
    )
    page = Paginator(filterset.qs, ROWS_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "shown": shown,
        "kinds": _kinds(shown, queries.counted_deviations(SHOWN, user_id=user_id)),
        "filter": filterset,
        "chosen": chosen_filters(filterset),
        "clear_url": f"?show={shown}",
        "page_of": page,
        "rows": shown_rows(page.object_list, reader_id=user_id),
        "empty": EMPTY[shown],
    }
    return render(request, "placements/deviations/list.html", context)


def _kinds(shown: str, counts: Mapping[str, int]) -> list[dict[str, Any]]:
    url = reverse("placements:deviations")
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
@for_handlers
def count(request: WallRequest) -> HttpResponse:
    """That a page asks for it does not prolong its session."""
    waits = queries.count_to_take(user_id=request.reach.user_id)
    answer = render(request, "placements/deviations/count.html", {"count": waits})
    request.session.modified = False
    return answer


@require_safe
@for_handlers
def deviation_page(request: WallRequest, deviation_id: int) -> HttpResponse:
    return _page(request, _found(deviation_id))


@require_POST
@for_handlers
def take_step(request: WallRequest, deviation_id: int, deviation_step: str) -> HttpResponse:
    """One step of the lifecycle's table, by its name in the address."""
    if deviation_step not in TAKEN:
        raise Http404
    deviation, step = _found(deviation_id), DeviationStep(deviation_step)
    taken = TAKEN[step]
    form = taken.form(request.POST, deviation=deviation)
    if not form.is_valid():
        return _page(request, deviation, (step, form), status=UNPROCESSABLE)

    def act() -> str:
        taken.act(
            deviation_id=deviation.pk,
            by=request.user.actor,
            version=form.seen,
            **taken.given(form.cleaned_data),
        )
        return str(taken.done)

    return _after(request, deviation, (step, form), act)


def _after(
    request: WallRequest,
    deviation: ProcessDeviation,
    sent: tuple[DeviationStep, VersionedForm],
    act: Callable[[], str],
) -> HttpResponse:
    """409 where somebody else was quicker: what happened is told, and what was typed is kept."""
    try:
        done = act()
    except (actions.DeviationOutdated, DeviationStepNotAllowed):
        current = _found(deviation.pk)
        sent[1].renew(current.version)
        return _page(request, current, sent, status=CONFLICT)
    messages.success(request, done)
    return redirect("placements:deviation", deviation.pk)


def _found(deviation_id: int) -> ProcessDeviation:
    deviation = queries.deviation_by_id(queries.deviations(), deviation_id)
    if deviation is None:
        raise Http404
    return deviation


def _page(
    request: WallRequest,
    deviation: ProcessDeviation,
    sent: tuple[DeviationStep, VersionedForm] | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    log_reading(request.reading, [deviation.reference])
    can_handle = policies.may_handle(deviation, request.reach.user_id)
    row = shown_rows([deviation], reader_id=request.reach.user_id)[0]
    entries = shown_entries(queries.entries_of_deviation(deviation, with_internal=True))
    is_late = status == CONFLICT
    context = {
        "deviation": deviation,
        "row": row,
        "entries": entries,
        "can_handle": can_handle,
        "steps": shown_steps(deviation, sent) if can_handle else [],
        "sent_form": sent[1] if sent and not is_late else None,
        "is_late": is_late,
        "conflict": entries[:1] if is_late else [],
        "typed": sent[1].typed if sent and is_late else "",
        "trail": [Crumb(_("Deviations"), reverse("placements:deviations")), Crumb(row.title)],
    }
    return render(request, "placements/deviations/deviation.html", context, status=status)
