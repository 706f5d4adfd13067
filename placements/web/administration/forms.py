from datetime import date, time
from typing import Any, cast

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from placements.domain.working_time import OfficeRule
from placements.models.office import DAYS_A_WEEK, LONGEST_DAYS, LONGEST_HOURS
from spink.foundation import clock
from spink.web.forms import Form

NUMBER = {"class": "shorter"}
CLOCK = {"class": "shorter", "placeholder": "08:00"}
BAD_TIME = _("Write the time as hours and minutes, for example 08:00")


def _whole(label: Any, most: int) -> forms.IntegerField:
    widget = forms.NumberInput(attrs=NUMBER)
    return forms.IntegerField(label=label, min_value=1, max_value=most, widget=widget)


def _clock(label: Any) -> forms.TimeField:
    return forms.TimeField(
        label=label,
        required=False,
        widget=forms.TimeInput(format="%H:%M", attrs=CLOCK),
        error_messages={"invalid": BAD_TIME},
    )


class HoursForm(Form):
    """Hours from a day on. A weekday without times is closed."""

    valid_from = forms.DateField(
        label=_("Holds from"),
        help_text=_("Today or a later day. Requests that have been sent keep their due time."),
        widget=forms.DateInput(attrs={"class": "short", "placeholder": _("YYYY-MM-DD")}),
    )
    acute_hours = _whole(_("Acute, working hours"), LONGEST_HOURS)
    soon_hours = _whole(_("Soon, working hours"), LONGEST_HOURS)
    planned_hours = _whole(_("Planned, working hours"), LONGEST_HOURS)
    feedback_days = _whole(_("Report back, working days"), LONGEST_DAYS)
    jour_name = forms.CharField(
        label=_("Who answers out of hours"),
        help_text=_("For example the name of the socialjour."),
        max_length=120,
        required=False,
    )
    jour_phone = forms.CharField(
        label=_("Telephone out of hours"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"class": "short", "type": "tel"}),
    )
    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for day in range(DAYS_A_WEEK):
            named = {"day": capfirst(str(WEEKDAYS[day]))}
            self.fields[f"opens_{day}"] = _clock(_("%(day)s, opens") % named)
            self.fields[f"closes_{day}"] = _clock(_("%(day)s, closes") % named)
            for name in (f"opens_{day}", f"closes_{day}"):
                self.fields[name].needed_later = True  # type: ignore[attr-defined]

    def week(self) -> list[tuple[Any, Any]]:
        """The fields of each weekday, for the page."""
        return [(self[f"opens_{day}"], self[f"closes_{day}"]) for day in range(DAYS_A_WEEK)]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        pairs = [self._pair(day, cleaned) for day in range(DAYS_A_WEEK)]
        if not self.errors and not any(opens for opens, _closes in pairs):
            self.add_error("opens_0", _("Give the hours of at least one weekday."))
        if cleaned.get("jour_name") and not cleaned.get("jour_phone"):
            self.add_error("jour_phone", _("Give the telephone number as well."))
        cleaned["opens"] = [opens for opens, _closes in pairs]
        cleaned["closes"] = [closes for _opens, closes in pairs]
        return cleaned

    def _pair(self, day: int, cleaned: dict[str, Any]) -> tuple[time | None, time | None]:
        opens, closes = cleaned.get(f"opens_{day}"), cleaned.get(f"closes_{day}")
        if (opens is None) != (closes is None):
            name = f"closes_{day}" if opens else f"opens_{day}"
            if name not in self.errors:
                self.add_error(name, _("Give both times, or none when it is closed."))
        elif opens and closes and _minutes(closes) - _minutes(opens) < HOUR:
            self.add_error(f"closes_{day}", _("It closes at least an hour after it opens."))
        return opens, closes

    def values(self) -> dict[str, Any]:
        """What `actions.save_office_hours` keeps."""
        return {name: self.cleaned_data[name] for name in KEPT}


KEPT = (
    "acute_hours",
    "soon_hours",
    "planned_hours",
    "feedback_days",
    "opens",
    "closes",
    "jour_name",
    "jour_phone",
)
HOUR = 60


def _minutes(at: time) -> int:
    return at.hour * HOUR + at.minute


def initial_of(rule: OfficeRule, *, today: date, seen: int) -> dict[str, Any]:
    """The form as the hours are now, to be changed."""
    values: dict[str, Any] = {
        "valid_from": today,
        "feedback_days": rule.feedback_days,
        "jour_name": rule.jour_name,
        "jour_phone": rule.jour_phone,
        "seen": seen,
    }
    values |= {f"{urgency}_hours": hours for urgency, hours in rule.hours.items()}
    for day, hours in enumerate(rule.week):
        values[f"opens_{day}"], values[f"closes_{day}"] = hours or (None, None)
    return values


class ClosedDayForm(Form):
    day = forms.DateField(
        label=_("Day"),
        widget=forms.DateInput(attrs={"class": "short", "placeholder": _("YYYY-MM-DD")}),
    )
    name = forms.CharField(label=_("What day it is"), max_length=80)
    closes_at = forms.TimeField(
        label=_("Closes at"),
        help_text=_("Leave it empty if it is closed all day."),
        required=False,
        widget=forms.TimeInput(format="%H:%M", attrs=CLOCK | {"placeholder": "12:00"}),
        error_messages={"invalid": BAD_TIME},
    )


class DayForm(Form):
    """Which day a button is about."""

    day = forms.DateField()

    @property
    def chosen(self) -> date:
        return cast(date, self.cleaned_data["day"])


class YearForm(Form):
    """Which year a button is about: this one or the next."""

    year = forms.IntegerField()

    def clean_year(self) -> int:
        year: int = self.cleaned_data["year"]
        if year - clock.today().year not in (0, 1):
            raise forms.ValidationError(_("Choose this year or the next."))
        return year

    @property
    def chosen(self) -> int:
        return cast(int, self.cleaned_data["year"])
