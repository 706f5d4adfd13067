"""The period of a report: its days stand in the address, and some are one click away."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from providers.domain.control.follow_up import Period, half_year_before, year_of
from spink.foundation import clock
from spink.foundation.bad_input import BadInput
from spink.web import wording
from spink.web.forms import Form

SHORTER = {"class": "shorter"}


class PeriodForm(Form):
    first = forms.DateField(
        label=pgettext_lazy("of a period", "From and with"), widget=forms.TextInput(SHORTER)
    )
    last = forms.DateField(
        label=pgettext_lazy("of a period", "To and with"), widget=forms.TextInput(SHORTER)
    )
    period: Period | None = None
    """Once it is valid."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if {"first", "last"} <= cleaned.keys():
            try:
                self.period = Period(cleaned["first"], cleaned["last"])
            except BadInput as bad:
                field = {"from": "first", "to": "last"}[bad.field]
                self.add_error(field, self._said(field, **cleaned))
        return cleaned

    @property
    def chosen(self) -> Period | None:
        return self.period if self.is_valid() else None

    def _said(self, field: str, first: date, last: date) -> str:
        if field == "last" and last < first:
            return _("The last day is before the first")
        return _("Give a day from the year 2000 on")


def form_of(request: HttpRequest) -> PeriodForm:
    """With the half-year that was over last, where the address names no day at all."""
    if {"first", "last"} & request.GET.keys():
        return PeriodForm(request.GET)
    return PeriodForm(_days(half_year_before(clock.today())))


def _days(period: Period) -> dict[str, str]:
    return {"first": period.first.isoformat(), "last": period.last.isoformat()}


def address(name: str, period: Period, *args: str) -> str:
    """Of one of the report's pages, about the period."""
    return f"{reverse(f'placements:{name}', args=args)}?{urlencode(_days(period))}"


def named(period: Period) -> str:
    half = _half_year(period)
    if half:
        return half
    if period == year_of(period.first.year):
        return str(period.first.year)
    days = {"first": wording.day(period.first), "last": wording.day(period.last)}
    return _("%(first)s to %(last)s") % days


def _half_year(period: Period) -> str:
    year = period.first.year
    spring = half_year_before(date(year, 12, 31))
    if period == spring:
        return _("First half of %(year)s") % {"year": year}
    if period == half_year_before(date(year + 1, 1, 1)):
        return _("Second half of %(year)s") % {"year": year}
    return ""


@dataclass(frozen=True, slots=True)
class Choice:
    label: str
    url: str
    current: bool
    count: str = ""


def choices(chosen: Period | None) -> list[Choice]:
    """The latest first."""
    today = clock.today()
    last = half_year_before(today)
    before = half_year_before(last.first)
    years = [year_of(today.year - back) for back in (1, 2)]
    running = Period(date(today.year, 1, 1), today)
    return [
        Choice(label, address("follow-up", one), one == chosen)
        for label, one in (
            (_("So far this year"), running),
            *((named(one), one) for one in (last, before, *years)),
        )
    ]
