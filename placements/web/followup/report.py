"""The report on screen: every figure with what it is made of beside it."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from placements.domain.self_checks import SMALLEST_FOR_A_SHARE
from placements.web.followup import periods, reading, words
from placements.web.followup.words import Split
from providers.domain.control.follow_up import Measured, Period
from spink.accounts.domain.capabilities import Capability
from spink.accounts.domain.reach import Reach
from spink.accounts.middleware import WallRequest
from spink.accounts.web.opening import for_those_who
from spink.foundation import clock
from spink.web import wording

UNPROCESSABLE = 422
reading_follow_up = for_those_who(Capability.READ_FOLLOW_UP)


@dataclass(frozen=True, slots=True)
class Figure:
    """Of a part its whole, and the share of it where that is large enough for one."""

    name: str
    about: str
    count: int
    whole: int | None
    share: str
    rows_url: str
    splits: list[Split]
    left_to_ink: str
    left_count: int


@dataclass(frozen=True, slots=True)
class Area:
    name: str
    figures: list[Figure]


@require_safe
@reading_follow_up
def follow_up(request: WallRequest) -> HttpResponse:
    form = periods.form_of(request)
    period = form.chosen
    context = {"form": form, "choices": periods.choices(period)}
    if period is not None:
        areas = _areas(period, request.reach)
        context |= {
            "period": periods.named(period),
            "is_running": period.last >= clock.today(),
            "areas": areas,
            "is_empty": not any(figure.count for area in areas for figure in area.figures),
            "smallest": SMALLEST_FOR_A_SHARE,
            "csv_url": periods.address("follow-up-csv", period),
            "xlsx_url": periods.address("follow-up-xlsx", period),
        }
    status = UNPROCESSABLE if period is None else 200
    return render(request, "placements/followup/report.html", context, status=status)


def _areas(period: Period, reach: Reach) -> list[Area]:
    figures = {one.name: one for one in reading.figures(period, reach)}
    splits = words.splits(figures.values())
    return [
        Area(str(name), [_figure(figures[one], splits, period, reach) for one in measures])
        for name, measures in words.AREAS
    ]


def _figure(
    measured: Measured, splits: Mapping[str, list[Split]], period: Period, reach: Reach
) -> Figure:
    name = measured.name
    can_read = measured.count > 0 and reading.may_read_rows(name, reach)
    return Figure(
        name=str(words.NAMES[name]),
        about=str(words.ABOUT.get(name, "")),
        count=measured.count,
        whole=measured.out_of,
        share=_share(measured.count, measured.out_of),
        rows_url=periods.address("follow-up-rows", period, name) if can_read else "",
        splits=splits[name],
        left_to_ink=str(words.LEFT_TO_INK.get(name, "")),
        left_count=measured.left_to_ink,
    )


def _share(count: int, whole: int | None) -> str:
    """None of so few that a single one moves it much."""
    if whole is None or whole < SMALLEST_FOR_A_SHARE:
        return ""
    return wording.percent(count / whole)
