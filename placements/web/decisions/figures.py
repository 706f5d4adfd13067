"""Decisions not carried out in figures, without persons: by quarter, department and reason.

A figure of one to four could tell of somebody who is known otherwise: it is shown as fewer than
five, and totals are what the shown figures add up to at least, so that none can be reckoned back.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from placements.domain.not_carried_out import (
    NO_REASON,
    SMALLEST_SHOWN,
    is_hidden,
    totals,
)
from placements.queries import decisions
from placements.web.decisions import quarters
from providers.domain.tables.csv_file import as_csv
from spink.accounts import queries as accounts
from spink.accounts.domain.capabilities import Capability
from spink.accounts.middleware import WallRequest
from spink.accounts.models import Department
from spink.accounts.web.opening import for_those_who
from spink.catalogue import queries as catalogue
from spink.catalogue.models import ReasonKind
from spink.foundation import clock

reading_figures = for_those_who(Capability.READ_FIGURES)


@dataclass(frozen=True, slots=True)
class Line:
    municipality: str
    department: str
    cells: list[str]
    total: str


@require_safe
@reading_figures
def figures(request: WallRequest) -> HttpResponse:
    quarter = quarters.chosen(request)
    counted, reasons = decisions.count_by_reason(quarter), _reasons()
    context = {
        "quarter": quarters.named(quarter),
        "quarter_code": str(quarter),
        "quarters": quarters.choices(quarter),
        "reasons": list(reasons.values()),
        "lines": _lines(counted, reasons),
        "sums": _sums(counted, reasons),
        "smallest": SMALLEST_SHOWN,
    }
    return render(request, "placements/decisions/figures.html", context)


@require_safe
@reading_figures
def figures_csv(_request: WallRequest) -> HttpResponse:
    """Every quarter that the pages show; a row a department and reason."""
    headings = [_("Quarter"), _("Municipality"), _("Department"), _("Reason"), _("Decisions")]
    answer = HttpResponse(as_csv(headings, _csv_rows()), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="not-carried-out.csv"'
    return answer


def _csv_rows() -> Iterator[list[str]]:
    reasons, departments = _reasons(), _departments()
    for quarter in quarters.listed():
        counted = decisions.count_by_reason(quarter)
        for department in departments:
            for code, name in reasons.items():
                count = counted.get((department.pk, code), 0)
                if count:
                    place = [str(department.municipality), str(department)]
                    yield [str(quarter), *place, name, said(count)]


def _reasons() -> dict[str, str]:
    known = catalogue.reasons(ReasonKind.NOT_CARRIED_OUT, clock.today())
    return {one.code: one.name for one in known} | {NO_REASON: _("No reason given")}


def _departments() -> list[Department]:
    return accounts.departments_with_municipalities()


def _lines(counted: dict[tuple[int, str], int], reasons: dict[str, str]) -> list[Line]:
    """Departments that have any."""
    lines = []
    for department in _departments():
        cells = {code: counted.get((department.pk, code), 0) for code in reasons}
        if any(cells.values()):
            lines.append(
                Line(
                    str(department.municipality),
                    str(department),
                    [said(count) for count in cells.values()],
                    _total(cells),
                )
            )
    return lines


def _sums(counted: dict[tuple[int, str], int], reasons: dict[str, str]) -> list[str]:
    columns = [
        {str(department): count for (department, of), count in counted.items() if of == code}
        for code in reasons
    ]
    whole = {f"{department} {code}": count for (department, code), count in counted.items()}
    return [*(_total(column) for column in columns), _total(whole)]


def _total(cells: dict[str, Any]) -> str:
    least, is_all = totals(cells)
    return str(least) if is_all else _("at least %(count)d") % {"count": least}


def said(count: int) -> str:
    if is_hidden(count):
        return _("fewer than %(smallest)d") % {"smallest": SMALLEST_SHOWN}
    return str(count)
