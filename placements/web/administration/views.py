"""Where administrators keep each municipality's office hours, due times and closed days."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from placements import actions
from placements.actions.office import changes_of
from placements.domain.working_time import STANDARD, OfficeRule
from placements.models import OfficeHours
from placements.queries import office as offices
from placements.web.administration.forms import (
    ClosedDayForm,
    DayForm,
    HoursForm,
    YearForm,
    initial_of,
)
from placements.web.administration.words import ShownHours, shown_hours
from placements.web.shared.head import Link
from placements.web.shared.opening import takes_forms
from spink.accounts import queries as accounts
from spink.accounts.domain.capabilities import Capability
from spink.accounts.middleware import WallRequest
from spink.accounts.models import Municipality
from spink.accounts.web.opening import for_those_who
from spink.foundation import clock

UNPROCESSABLE = 422
CONFLICT = 409
HISTORY = 12
HUB = Link(gettext_lazy("Administration"), reverse_lazy("administration"))
LIST = Link(gettext_lazy("Office hours and due times"), reverse_lazy("placements:offices"))
administering = for_those_who(Capability.ADMINISTER)


@dataclass(frozen=True, slots=True)
class Row:
    municipality: Municipality
    hours: ShownHours


@require_safe
@administering
def office_list(request: WallRequest) -> HttpResponse:
    """Every member with what holds today."""
    today = clock.today()
    held = offices.hours_by_municipality(today)
    rows = [
        Row(one, shown_hours(_rule(held.get(one.code))))
        for one in accounts.municipalities()
        if one.is_member
    ]
    context = {"rows": rows, "trail": [HUB, Link(_("Office hours and due times"), "")]}
    return render(request, "placements/administration/offices.html", context)


def _rule(row: OfficeHours | None) -> OfficeRule:
    return STANDARD if row is None else offices.rule_of(row)


@takes_forms
@administering
def office(request: WallRequest, municipality: str) -> HttpResponse:
    """One municipality's hours, closed days, and what has held before."""
    found = _municipality(municipality)
    if request.method != "POST":
        return _page(request, found)
    form = HoursForm(request.POST)
    if not form.is_valid():
        return _page(request, found, hours=form, status=UNPROCESSABLE)
    try:
        actions.save_office_hours(
            municipality=found.code,
            valid_from=form.cleaned_data["valid_from"],
            values=form.values(),
            seen=form.cleaned_data["seen"],
            by=request.user.actor,
        )
    except ValidationError as error:
        form.add_error(None, error)
        return _page(request, found, hours=form, status=UNPROCESSABLE)
    except actions.HoursChanged:
        return _page(request, found, hours=_renewed(form, found), status=CONFLICT)
    messages.success(request, _("The hours are saved."))
    return redirect("placements:office", found.code)


def _renewed(form: HoursForm, found: Municipality) -> HoursForm:
    """What was typed, against what somebody else has saved meanwhile."""
    data = form.data.copy()  # type: ignore[attr-defined]
    data["seen"] = str(changes_of(offices.office_hours(found.code)))
    renewed = HoursForm(data)
    renewed.add_error(
        None,
        _("Somebody else has changed the hours. Compare with what holds now, and save again."),
    )
    return renewed


def _municipality(code: str) -> Municipality:
    for one in accounts.municipalities():
        if one.code == code and one.is_member:
            return one
    raise Http404


def _page(
    request: WallRequest,
    found: Municipality,
    *,
    hours: HoursForm | None = None,
    closed: ClosedDayForm | None = None,
    status: int = 200,
) -> HttpResponse:
    today = clock.today()
    rows = offices.office_hours(found.code)
    now = next((row for row in reversed(rows) if row.valid_from <= today), None)
    newest = _rule(rows[-1] if rows else None)
    context: dict[str, Any] = {
        "municipality": found,
        "trail": [HUB, LIST, Link(found.name, "")],
        "now": shown_hours(_rule(now)),
        "form": hours or HoursForm(initial=initial_of(newest, today=today, seen=changes_of(rows))),
        "closed_form": closed or ClosedDayForm(),
        "closed_days": offices.closed_days(found.code, since=today),
        "history": [shown_hours(_rule(row)) for row in reversed(rows[-HISTORY:])],
        "years": [today.year, today.year + 1],
    }
    return render(request, "placements/administration/office.html", context, status=status)


@require_POST
@administering
def add_closed_day(request: WallRequest, municipality: str) -> HttpResponse:
    found = _municipality(municipality)
    form = ClosedDayForm(request.POST)

    def add() -> None:
        actions.add_closed_day(municipality=found.code, by=request.user.actor, **form.cleaned_data)

    return _closed(request, found, form, add, _("The day is added."))


@require_POST
@administering
def add_usual_days(request: WallRequest, municipality: str) -> HttpResponse:
    """A year's half days and days between holidays, in one click."""
    found = _municipality(municipality)
    form = YearForm(request.POST)
    if not form.is_valid():
        return _page(request, found, status=UNPROCESSABLE)
    added = actions.add_usual_days(municipality=found.code, year=form.chosen, by=request.user.actor)
    messages.success(request, _("%(count)d days are added.") % {"count": len(added)})
    return redirect("placements:office", found.code)


@require_POST
@administering
def remove_closed_day(request: WallRequest, municipality: str) -> HttpResponse:
    found = _municipality(municipality)
    form = DayForm(request.POST)
    if not form.is_valid():
        return _page(request, found, status=UNPROCESSABLE)
    try:
        actions.remove_closed_day(municipality=found.code, day=form.chosen, by=request.user.actor)
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        messages.success(request, _("The day is an ordinary working day again."))
    return redirect("placements:office", found.code)


def _closed(
    request: WallRequest,
    found: Municipality,
    form: ClosedDayForm,
    act: Callable[[], None],
    said: str,
) -> HttpResponse:
    if form.is_valid():
        try:
            act()
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, said)
            return redirect("placements:office", found.code)
    return _page(request, found, closed=form, status=UNPROCESSABLE)
