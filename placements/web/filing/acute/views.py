from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from placements import actions, policies, queries
from placements.domain.lifecycle import StepNotAllowed
from placements.domain.night import NotOutOfHours
from placements.domain.recommending import CannotRecommend
from placements.models import PlacementRequest
from placements.web.filing import sections
from placements.web.filing.acute.forms import AcuteForm, PlaceForm
from placements.web.filing.acute.ladder import is_ladder_empty, named_units, rungs_of
from placements.web.filing.acute.rows import rows_of
from placements.web.shared import need_facts
from placements.web.shared.conflicts import CONFLICT, conflict_of
from placements.web.shared.opening import about_readable_request, for_readers
from spink.accounts import queries as accounts
from spink.accounts.middleware import WallRequest
from spink.foundation import clock
from spink.foundation.clock import STOCKHOLM

UNPROCESSABLE = 422
ROWS_A_PAGE = 50


@require_safe
@for_readers
def placed_list(request: WallRequest) -> HttpResponse:
    """Placed out of hours and to be completed: for the unit, the officers, and who is on duty."""
    found = queries.placed_out_of_hours(request.reach)
    page = Paginator(found, ROWS_A_PAGE).get_page(request.GET.get("page"))
    rows = list(page.object_list)
    queries.log_list(rows, reading=request.reading)
    context = {
        "rows": rows_of(rows, request.reach),
        "page_obj": page,
        "can_begin": request.reach.is_on_duty,
    }
    return render(request, "placements/filing/acute/list.html", context)


@for_readers
def begin(request: WallRequest) -> HttpResponse:
    """The least that a match needs, on one page."""
    policies.check_can_begin_acute(request.reach)
    units = accounts.units_of_municipalities(request.reach.duty_municipality_codes)
    form = AcuteForm(request.POST or None, units=units, own=request.reach.filing_unit_ids)
    if request.method == "POST" and form.is_valid():
        try:
            draft = actions.begin_acute(
                unit_id=int(form.cleaned_data["unit"]),
                creation_key=_key(request),
                details=form.details(),
                sections=form.sections(),
                by=request.user.actor,
            )
        except actions.KeyTaken:
            raise Http404 from None
        return redirect("placements:acute", draft.reference)
    context = {"form": form, "creation_key": request.POST.get("creation_key") or uuid4()}
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "placements/filing/acute/begin.html", context, status=status)


def _key(request: WallRequest) -> UUID:
    try:
        return UUID(request.POST.get("creation_key", ""))
    except ValueError:
        raise Http404 from None


@about_readable_request
def place(request: WallRequest, placement: PlacementRequest) -> HttpResponse:
    """The ladder of the units that take acute admissions, and which of them took the person."""
    policies.check_can_place_acute(placement, request.reach)
    if not policies.can_place_acute(placement, request.reach):
        return _too_late(request, placement)
    if not placement.service_type or placement.wanted_start is None:
        messages.warning(request, _("Choose a service and a start first."))
        return redirect("placements:edit", placement.reference)
    found = queries.acute_offer(placement)
    rungs = rungs_of(placement, found)
    form = PlaceForm(request.POST or None, units=named_units(rungs), initial=_initial(placement))
    context: dict[str, Any] = {
        "placement": placement,
        "title": sections.title_of(placement),
        "facts": need_facts.need_facts(placement),
        "rungs": rungs,
        "is_empty": is_ladder_empty(rungs),
        "left_out": found.left_out,
        "register_number": found.matched.register_number,
        "chosen": request.POST.get("unit", ""),
        "form": form,
    }
    status = 200
    if request.method == "POST":
        status = UNPROCESSABLE
        try:
            if form.is_valid() and _placed(request, placement, form):
                return redirect("placements:request", placement.reference)
        except StepNotAllowed:
            return _too_late(request, placement)
        except actions.Outdated as error:
            context["conflict"] = conflict_of(error, placement, request, seen=form.seen)
            form.renew(placement.version)
            status = CONFLICT
    return render(request, "placements/filing/acute/place.html", context, status=status)


def _initial(placement: PlacementRequest) -> dict[str, Any]:
    now = clock.now().astimezone(STOCKHOLM)
    return {"version": placement.version, "placed_on": now.date(), "placed_time": now.time()}


def _placed(request: WallRequest, placement: PlacementRequest, form: PlaceForm) -> bool:
    """Whether it was recorded; else the form says at which field it is wrong."""
    cleaned = form.cleaned_data
    try:
        made = actions.place_acute(
            request_id=placement.pk,
            unit=cleaned["unit"],
            reason=cleaned["reason"],
            placed_at=form.placed_at,
            skipped_rung_reason=cleaned["skipped_rung_reason"],
            text=cleaned["text"],
            by=request.user.actor,
            version=cleaned["version"],
        )
    except CannotRecommend as wrong:
        name = "skipped_rung_reason" if wrong.code == "reason_needed" else "unit"
        form.add_error(name, _why_not(wrong.code))
        return False
    except NotOutOfHours as wrong:
        form.add_error("placed_on", _why_not(wrong.code))
        return False
    messages.success(request, _("The placement is registered. The unit completes it."))
    return made is not None


def _why_not(code: str) -> str:
    return {
        "reason_needed": _("Choose why an earlier rung with a unit that fits is passed"),
        "answered_no": _("The unit has answered that it has no place."),
        "not_a_candidate": _("The unit does not fit any more: look at the list once more."),
        "in_the_future": _("The placement lies in the future."),
        "too_long_ago": _("Placements are registered within seven days."),
        "office_was_open": _("The placement function was open then: it matches the request."),
    }[code]


def _too_late(request: WallRequest, placement: PlacementRequest) -> HttpResponse:
    placement.refresh_from_db()
    text = _("This can no longer be done: the request is now in the state “%(state)s”.")
    messages.warning(request, text % {"state": placement.get_state_display()})
    return redirect("placements:request", placement.reference)
