"""All stops: those in force, those to come, and those that are over."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from providers import policies
from providers.models import Review, Stop
from providers.queries.control.reviews import reviews_of_stops
from providers.queries.stops import StopsNow, all_stops, not_begun
from providers.web import words
from providers.web.opening import for_register_readers
from providers.web.stops.setting import url_of
from providers.web.trail import register_tabs
from spink.accounts.middleware import WallRequest
from spink.catalogue import queries as catalogue
from spink.catalogue.models import ReasonKind
from spink.foundation import clock
from spink.foundation.clock import STOCKHOLM
from spink.web import wording

ROWS_A_PAGE = 50
WHEN: dict[StopsNow, Promise] = {
    StopsNow.IN_FORCE: _("In force"),
    StopsNow.TO_COME: _("To come"),
    StopsNow.OVER: _("Lifted or over"),
}


@dataclass(frozen=True, slots=True)
class Choice:
    label: str | Promise
    url: str
    current: bool


@dataclass(frozen=True, slots=True)
class ShownStop:
    pk: int
    name: str
    url: str
    on: str
    kind: str
    period: str
    reason: str
    decided: str
    ended: str
    can_lift: bool
    review: Review | None
    """That has led to it."""


@for_register_readers
def stop_list(request: WallRequest) -> HttpResponse:
    """Why, and by whom, is shown to quality and control and to the lawyer."""
    sees_planned = policies.can_see_planned_stops(request.reach)
    offered = [one for one in WHEN if sees_planned or one is not StopsNow.TO_COME]
    now = _chosen(request.GET.get("show", ""), offered)
    found = all_stops(now, clock.today())
    if not sees_planned:
        found = found.exclude(not_begun(clock.today()))
    page = Paginator(found, ROWS_A_PAGE).get_page(request.GET.get("page"))
    sees_why = policies.can_see_why_stopped(request.reach)
    can_keep = policies.can_keep_register(request.reach)
    reasons = catalogue.names({stop.reason_code for stop in page.object_list}, of=ReasonKind.STOP)
    reviews = reviews_of_stops(page.object_list) if sees_why else {}
    context = {
        "tabs": register_tabs("stops", request.reach),
        "choices": [Choice(WHEN[one], f"?show={one}", one == now) for one in offered],
        "is_over": now is StopsNow.OVER,
        "sees_why": sees_why,
        "can_keep": can_keep,
        "page_of": page,
        "stops": [
            _shown(stop, reasons, reviews.get(stop.pk), sees_why=sees_why, can_keep=can_keep)
            for stop in page.object_list
        ],
    }
    return render(request, "providers/stops/list.html", context)


def _chosen(text: str, offered: Sequence[StopsNow]) -> StopsNow:
    return StopsNow(text) if text in offered else StopsNow.IN_FORCE


def _shown(
    stop: Stop,
    reasons: dict[str, str],
    review: Review | None,
    *,
    sees_why: bool,
    can_keep: bool,
) -> ShownStop:
    on = stop.unit or stop.provider or stop.group
    return ShownStop(
        pk=stop.pk,
        name=on.name if on else "",
        url=url_of(on) if on else "",
        on=_level(stop),
        kind=words.stop_kind(stop),
        period=words.period(stop.valid_from, stop.valid_to),
        reason=reasons.get(stop.reason_code, "") if sees_why else "",
        decided=_decided(stop) if sees_why else "",
        ended=_ended(stop, sees_why=sees_why),
        can_lift=can_keep and stop.ended_at is None,
        review=review,
    )


def _level(stop: Stop) -> str:
    level = words.stop_level(stop)
    return f"{level}, {stop.unit.provider.name}" if stop.unit else level


def _decided(stop: Stop) -> str:
    day = stop.decided_on or (stop.decided_at and stop.decided_at.astimezone(STOCKHOLM).date())
    said = [_day(day), stop.decided_by, stop.decision_reference]
    return ", ".join(filter(None, said))


def _ended(stop: Stop, *, sees_why: bool) -> str:
    if stop.ended_at is None:
        return _day(stop.valid_to)
    day = _day(stop.ended_at.astimezone(STOCKHOLM).date())
    return f"{day}, {stop.ended_by}" if sees_why else day


def _day(day: date | None) -> str:
    return wording.short_day(day) if day else ""
