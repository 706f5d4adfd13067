"""The very rows that a figure counts, for those who read such rows."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from placements.domain.follow_up import PROCESS_DEVIATIONS
from placements.queries import follow_up
from placements.web.followup import periods, words
from placements.web.followup.reading import may_read_rows
from placements.web.followup.report import reading_follow_up
from providers.domain.control.follow_up import By, Measure
from providers.models.control.choices import ReviewKind, VettingState
from spink.accounts.middleware import WallRequest
from spink.accounts.policies import NotAllowed
from spink.catalogue import queries as catalogue
from spink.catalogue.models import ReasonKind
from spink.catalogue.wording import rung_name
from spink.foundation.clock import STOCKHOLM
from spink.web import wording
from spink.web.navigation import Crumb

ROWS_A_PAGE = 50


@dataclass(frozen=True, slots=True)
class Row:
    """Of a provider, a unit, a group or a remark; `codes` are the reasons, or what it is about.

    With a coded `outcome` that is what it came to.
    """

    day: date
    name: str
    under: str
    url: str
    came_to: str
    outcome: str = ""
    note: str = ""
    codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Kind:
    """How a table's rows are read and shown; `day` is the column that they count on."""

    day: str
    related: tuple[str, ...]
    shown: Callable[[Any], Row]
    coded: ReasonKind | None = None
    outcomes: ReasonKind | None = None


def _day(at: datetime) -> date:
    return at.astimezone(STOCKHOLM).date()


def _vetting(one: Any) -> Row:
    is_refused = one.state == VettingState.REFUSED
    return Row(
        day=_day(one.decided_at),
        name=one.provider.name,
        under=one.reference,
        url=reverse("providers:vetting", args=[one.pk]),
        came_to=str((VettingState.REFUSED if is_refused else VettingState.ADDED).label),
        codes=tuple(one.reason_codes) if is_refused else (),
    )


def _complaint(one: Any) -> Row:
    return Row(
        day=_day(one.filed_at),
        name=one.provider.name,
        under=_("Complaint %(number)s") % {"number": one.pk},
        url=reverse("providers:complaint", args=[one.pk]),
        came_to=one.get_state_display(),
        outcome=one.outcome,
        note=rung_name(one.provision_form),
        codes=(one.category,),
    )


def _review(one: Any) -> Row:
    return Row(
        day=_day(one.decided_at),
        name=one.provider.name,
        under=one.reference,
        url=reverse("providers:review", args=[one.pk]),
        came_to=one.get_decision_display(),
        codes=tuple(one.reason_codes),
    )


def _incident_visit(one: Any) -> Row:
    return Row(
        day=one.day,
        name=one.review.provider.name,
        under=one.review.reference,
        url=reverse("providers:review", args=[one.review_id]),
        came_to=one.get_form_display(),
        note=_("At INK's request") if one.review.kind == ReviewKind.FOR_INK else "",
    )


def _stop(one: Any) -> Row:
    on = one.unit or one.provider or one.group
    page = "unit" if one.unit else "provider" if one.provider else "group"
    level = {"unit": _("Unit"), "provider": _("Provider"), "group": _("Group")}
    lifted = one.ended_at and wording.short_day(_day(one.ended_at))
    return Row(
        day=one.day,
        name=on.name,
        under=level[page],
        url=reverse(f"providers:{page}", args=[on.code if one.unit else on.pk]),
        came_to=one.get_kind_display(),
        note=_("Lifted %(day)s") % {"day": lifted} if lifted else "",
        codes=(one.reason_code,) if one.reason_code else (),
    )


def _visit(one: Any) -> Row:
    return Row(
        day=one.made_on,
        name=one.care_unit.name,
        under=one.care_unit.provider.name,
        url=reverse("providers:visit", args=[one.pk]),
        came_to=one.get_outcome_display(),
        note=f"{one.team}, {rung_name(one.provision_form)}",
    )


def _deviation(one: Any) -> Row:
    return Row(
        day=_day(one.filed_at),
        name=_("Deviation %(number)s") % {"number": one.pk},
        under=str(one.team or ""),
        url=reverse("placements:deviation", args=[one.pk]),
        came_to=one.get_state_display(),
        outcome=one.outcome,
        codes=(one.category,),
    )


VETTINGS = Kind("decided_at", ("provider",), _vetting, ReasonKind.VETTING)
COMPLAINTS = Kind(
    "filed_at",
    ("provider",),
    _complaint,
    ReasonKind.COMPLAINT_CATEGORY,
    ReasonKind.COMPLAINT_OUTCOME,
)
REVIEWS = Kind("decided_at", ("provider",), _review, ReasonKind.REVIEW)
DEVIATIONS = Kind(
    "filed_at",
    ("team",),
    _deviation,
    ReasonKind.DEVIATION_CATEGORY,
    ReasonKind.DEVIATION_OUTCOME,
)
STOPS = Kind("day", ("unit", "provider", "group"), _stop, ReasonKind.STOP)
_KINDS: Final[dict[str, Kind]] = {
    Measure.ONBOARDING_CHECKS: VETTINGS,
    Measure.ONBOARDING_CHECKS_REJECTED: VETTINGS,
    Measure.COMPLAINTS: COMPLAINTS,
    Measure.COMPLAINTS_LEADING_TO_STOP: COMPLAINTS,
    Measure.IN_DEPTH_REVIEWS: REVIEWS,
    Measure.REVIEWS_STOPPING: REVIEWS,
    Measure.INCIDENT_DRIVEN_VISITS: Kind("day", ("review__provider",), _incident_visit),
    Measure.ORDER_STOPS_FRAMEWORK: STOPS,
    Measure.UNPUBLISHED_DIRECT: STOPS,
    Measure.MATCHING_VISITS: Kind("made_on", ("care_unit__provider", "team"), _visit),
    PROCESS_DEVIATIONS: DEVIATIONS,
}


@dataclass(frozen=True, slots=True)
class Line:
    row: Row
    came_to: str
    reasons: list[str]


@require_safe
@reading_follow_up
def rows(request: WallRequest, measure: str) -> HttpResponse:
    """Rows that the reader's wall hides are not there, whatever the figure says."""
    if measure not in _KINDS:
        raise Http404
    if not may_read_rows(measure, request.reach):
        raise NotAllowed(_("You read this figure, and not the rows behind it."))
    period = periods.form_of(request).chosen
    if period is None:
        return redirect(f"{reverse('placements:follow-up')}?{request.GET.urlencode()}")
    kind = _KINDS[measure]
    found = follow_up.rows_behind(measure, period).select_related(*kind.related)
    page = Paginator(found.order_by(f"-{kind.day}", "-pk"), ROWS_A_PAGE).get_page(
        request.GET.get("page")
    )
    report_url = periods.address("follow-up", period)
    context = {
        "title": words.full_name(measure),
        "period": periods.named(period),
        "lines": _lines(page.object_list, kind),
        "reasons_label": _label(kind),
        "page_of": page,
        "report_url": report_url,
        "trail": [Crumb(_("Follow-up"), report_url), Crumb(words.full_name(measure))],
    }
    return render(request, "placements/followup/rows.html", context)


def _label(kind: Kind) -> str:
    """Of the column of coded reasons; none where there are none."""
    if kind.coded is None:
        return ""
    is_about = kind.coded in {ReasonKind.COMPLAINT_CATEGORY, ReasonKind.DEVIATION_CATEGORY}
    return str(words.SPLIT_BY[By.COMPLAINT_CATEGORY if is_about else By.VETTING_REASON])


def _lines(found: Iterable[Any], kind: Kind) -> list[Line]:
    shown = [kind.shown(one) for one in found]
    if kind.coded is None:
        return [Line(row, row.came_to, []) for row in shown]
    asked: dict[str, set[str]] = {kind.coded: {code for row in shown for code in row.codes}}
    if kind.outcomes:
        asked[kind.outcomes] = {row.outcome for row in shown} - {""}
    named = catalogue.names_of_many(asked)
    return [_line(row, kind, named) for row in shown]


def _line(row: Row, kind: Kind, named: Mapping[str, Mapping[str, str]]) -> Line:
    outcomes = named[kind.outcomes] if kind.outcomes else {}
    reasons = named[kind.coded] if kind.coded else {}
    came_to = outcomes.get(row.outcome, row.came_to)
    return Line(row, came_to, sorted(reasons[code] for code in row.codes))
