"""Results over time: locked samples alone, month by month, on screen and as a file."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from placements.domain.self_checks import SMALLEST_FOR_A_SHARE, Tally
from placements.queries import self_checks as checks
from placements.queries.self_checks import MonthsResult
from placements.web.selfcheck.views import for_checkers
from providers.domain.tables.csv_file import as_csv
from spink.accounts.middleware import WallRequest
from spink.web import wording
from spink.web.navigation import Crumb

MONTHS_A_PAGE: Final = 24


@dataclass(frozen=True, slots=True)
class Cell:
    """`first` is a share, or a count where answers are too few for one."""

    first: str
    under: str = ""
    left_out: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    check: Any
    cells: list[Cell]


@require_safe
@for_checkers
def results(request: WallRequest) -> HttpResponse:
    found = checks.locked_checks(request.reach.placement_function_ids)
    page = Paginator(found, MONTHS_A_PAGE).get_page(request.GET.get("page"))
    months = checks.results(page.object_list)
    questions = checks.asked_in(months)
    context = {
        "page_of": page,
        "questions": list(questions.values()),
        "lines": [Line(one.check, [_cell(one, code) for code in questions]) for one in months],
        "sums": [_said(_sum(months, code)) for code in questions],
        "smallest": SMALLEST_FOR_A_SHARE,
        "trail": [
            Crumb(_("Self-check"), reverse("placements:self-checks")),
            Crumb(_("Results over time")),
        ],
    }
    return render(request, "placements/selfcheck/results.html", context)


@require_safe
@for_checkers
def results_csv(request: WallRequest) -> HttpResponse:
    """Every locked month; a row a question, in counts."""
    headings = [
        *(_("Placement function"), _("Month"), _("Ended"), _("Drawn"), _("Checked")),
        *(_("Question"), _("Yes"), _("No"), _("Not applicable")),
    ]
    found = list(checks.locked_checks(request.reach.placement_function_ids))
    rows = _csv_rows(checks.results(found))
    answer = HttpResponse(as_csv(headings, rows), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="self-checks.csv"'
    return answer


def _csv_rows(months: Iterable[MonthsResult]) -> Iterator[list[str]]:
    for month in months:
        one = month.check
        sample = [str(one.placement_function), f"{one.month:%Y-%m}"]
        counts = [str(count) for count in (one.population, one.drawn, one.checked)]
        for asked in month.counted.values():
            said = (asked.tally.yes, asked.tally.no, asked.tally.not_applicable)
            yield [*sample, *counts, asked.question, *(str(count) for count in said)]


def _cell(month: MonthsResult, code: str) -> Cell:
    if code not in month.counted:
        return Cell(_("not asked"))
    return _said(month.counted[code].tally)


def _said(tally: Tally) -> Cell:
    if not tally.judged:
        return Cell("–", left_out=_left_out(tally))
    counted = _("%(yes)d of %(judged)d") % {"yes": tally.yes, "judged": tally.judged}
    if tally.share is None:
        return Cell(counted, left_out=_left_out(tally))
    return Cell(wording.percent(tally.share), counted, _left_out(tally))


def _left_out(tally: Tally) -> str:
    if not tally.not_applicable:
        return ""
    return ngettext(
        "%(count)d not applicable", "%(count)d not applicable", tally.not_applicable
    ) % {"count": tally.not_applicable}


def _sum(months: Iterable[MonthsResult], code: str) -> Tally:
    found = (month.counted[code].tally for month in months if code in month.counted)
    return sum(found, Tally())
