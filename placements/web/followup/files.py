"""The report as a file: a row a figure and a row a part of one."""

from collections.abc import Callable, Iterator

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from placements.web.followup import periods, reading, words
from placements.web.followup.report import reading_follow_up
from providers.domain.control.follow_up import Period
from providers.domain.tables.csv_file import as_csv
from providers.domain.tables.workbook import as_workbook
from spink.accounts.domain.reach import Reach
from spink.accounts.middleware import WallRequest

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Row = list[str | int]


@require_safe
@reading_follow_up
def follow_up_csv(request: WallRequest) -> HttpResponse:
    def content(period: Period) -> bytes:
        rows = ([str(cell) for cell in row] for row in _rows(period, request.reach))
        return as_csv(_headings(), rows)

    return _file(request, content, "csv", "text/csv; charset=utf-8")


@require_safe
@reading_follow_up
def follow_up_xlsx(request: WallRequest) -> HttpResponse:
    def content(period: Period) -> bytes:
        return as_workbook([(_("Follow-up"), _headings(), list(_rows(period, request.reach)))])

    return _file(request, content, "xlsx", WORKBOOK)


def _file(
    request: WallRequest, content: Callable[[Period], bytes], ending: str, kind: str
) -> HttpResponse:
    """The page says what is wrong with a period that is none."""
    period = periods.form_of(request).chosen
    if period is None:
        return redirect(f"{reverse('placements:follow-up')}?{request.GET.urlencode()}")
    name = f"uppfoljning-{period.first}-{period.last}.{ending}"
    return HttpResponse(
        content(period),
        content_type=kind,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _headings() -> list[str]:
    days = [pgettext("of a period", "From and with"), pgettext("of a period", "To and with")]
    return [*days, _("Measure"), _("Name"), _("Split by"), _("Part"), pgettext("of rows", "Number")]


def _rows(period: Period, reach: Reach) -> Iterator[Row]:
    days = [str(period.first), str(period.last)]
    figures = reading.figures(period, reach)
    splits = words.splits(figures)
    for one in figures:
        measure = [*days, one.name, words.full_name(one.name)]
        yield [*measure, "", "", one.count]
        for split in splits[one.name]:
            for part in split.parts:
                yield [*measure, split.by, part.name, part.count]
        if one.name in words.LEFT_TO_INK:
            yield [*measure, _("Besides"), str(words.LEFT_TO_INK[one.name]), one.left_to_ink]
