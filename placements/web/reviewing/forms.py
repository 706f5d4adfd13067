from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from placements.domain.sampling import past_months
from placements.models import Judgement
from spink.foundation import clock
from spink.web import wording
from spink.web.forms import Form, offer

DAYS_AT_FIRST = 7
MONTHS_BACK = 12


class ReadingsFilter(Form):
    """The last week, until other days are asked for."""

    reference = forms.CharField(label=_("Request"), required=False, max_length=20)
    who = forms.CharField(label=_("Reader"), required=False, max_length=80)
    since = forms.DateField(label=_("From"), required=False)
    until = forms.DateField(label=_("Through"), required=False)

    @property
    def days(self) -> tuple[date, date]:
        chosen = self.cleaned_data if self.is_valid() else {}
        until = chosen.get("until") or clock.today()
        return chosen.get("since") or until - timedelta(days=DAYS_AT_FIRST - 1), until


class DrawForm(Form):
    department = forms.ChoiceField(label=_("Department"))
    month = forms.ChoiceField(label=_("Month"))

    def __init__(self, departments: list[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "department", departments)
        months = past_months(clock.today(), MONTHS_BACK)
        offer(self, "month", [(f"{one:%Y-%m-01}", wording.month(one)) for one in months])


class JudgeForm(Form):
    judgement = forms.ChoiceField(
        label=_("Was the reading needed?"),
        choices=Judgement.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how you judge the reading")},
    )
    note = forms.CharField(
        label=_("Note"),
        required=False,
        max_length=500,
        help_text=_("Write no names of clients. It cannot be changed afterwards."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        doubted = given.get("judgement") in (Judgement.UNCLEAR, Judgement.UNWARRANTED)
        if doubted and not given.get("note", "").strip():
            self.add_error("note", _("Say what is to be asked about, or what was wrong."))
        return given
