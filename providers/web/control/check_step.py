"""The page on which a check is made, for a vetting and for a review alike."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from providers.actions.control.checking import Answer
from providers.domain.control import checks
from providers.models.control.choices import CheckResult
from providers.web.control.stepping import Now, StepPage, step_page
from providers.web.control.vetting_forms import NO_CLIENTS, SHORT, TOO_LATE
from providers.web.control.vetting_words import check_name
from spink.accounts.middleware import WallRequest
from spink.foundation import clock
from spink.foundation.files.scanning import scanner
from spink.web.files.field import DocumentField
from spink.web.navigation import Text
from spink.web.versions import VersionedForm

IVO, TAX_AGENCY = gettext_lazy("IVO"), gettext_lazy("The Tax Agency")
COURTS = gettext_lazy("The district courts")
LOOKED_UP_AT: Mapping[checks.Check, Text] = {
    checks.Check.FINANCES: gettext_lazy("Credit information and the annual report"),
    checks.Check.F_TAX: TAX_AGENCY,
    checks.Check.EMPLOYER: TAX_AGENCY,
    checks.Check.TAX_REGISTRATION: TAX_AGENCY,
    checks.Check.DEBTS: gettext_lazy("The Enforcement Authority"),
    checks.Check.PERMIT: IVO,
    checks.Check.INSPECTIONS: IVO,
    checks.Check.UNIT_DIRECTOR: IVO,
} | dict.fromkeys(checks.OF_COURTS, COURTS)
"""What the form proposes; whoever makes the check says where it was looked up."""


class CheckForm(VersionedForm):
    kept_text = "note"
    result = forms.ChoiceField(
        label=gettext_lazy("Result"), choices=CheckResult.choices, widget=forms.RadioSelect
    )
    source = forms.CharField(
        label=gettext_lazy("Looked up at"),
        help_text=gettext_lazy("An authority or a register."),
        max_length=120,
    )
    evidence = forms.CharField(
        label=gettext_lazy("Evidence, as a reference"),
        help_text=gettext_lazy(
            "The reference of the document, for example a record number and its day. Give a "
            "reference, a document or both."
        ),
        required=False,
        max_length=200,
    )
    document = DocumentField(label=gettext_lazy("Evidence, as a document"), required=False)
    made_on = forms.DateField(label=gettext_lazy("Checked on"), widget=SHORT)
    holds_until = forms.DateField(
        label=gettext_lazy("Holds until"),
        help_text=gettext_lazy("By then it is made again."),
        widget=SHORT,
    )
    note = forms.CharField(
        label=pgettext_lazy("on a check", "Note"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, check: checks.Check, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = clock.today()
        self.fields["source"].initial = str(LOOKED_UP_AT[check])
        self.fields["made_on"].initial = today
        self.fields["holds_until"].initial = today + checks.HOLDS[check]
        self.fields["note"].help_text = (
            _("Nothing of what a court has said: that may stand in the document alone.")
            if check in checks.OF_COURTS
            else NO_CLIENTS
        )
        if scanner() is None:
            del self.fields["document"]
            self.fields["evidence"].required = True

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        made: date | None = cleaned.get("made_on")
        until: date | None = cleaned.get("holds_until")
        if made and made > clock.today():
            self.add_error("made_on", TOO_LATE)
        if made and until and until < made:
            self.add_error("holds_until", _("It ends before the check was made"))
        if cleaned.get("result") == CheckResult.REMARKS and not cleaned.get("note"):
            self.add_error("note", _("Tell what the remarks are about"))
        if not self.errors and not (cleaned.get("evidence") or cleaned.get("document")):
            self.add_error("evidence", _("Give a reference, or choose a document below"))
        return cleaned

    @property
    def answer(self) -> Answer:
        given = self.cleaned_data
        return Answer(
            result=checks.CheckResult(given["result"]),
            source=given["source"],
            evidence=given["evidence"],
            made_on=given["made_on"],
            holds_until=given["holds_until"],
            note=given["note"],
            document=given.get("document"),
        )


def check_form(request: WallRequest, version: int, check: checks.Check) -> CheckForm:
    files = request.FILES or None
    return CheckForm(request.POST or None, files, initial={"version": version}, check=check)


def check_page(
    request: WallRequest,
    page: StepPage,
    check: checks.Check,
    *,
    keep: Callable[[], object],
    too_late: tuple[type[Exception], ...],
    now: Callable[[], Now],
) -> HttpResponse:
    def act(_given: dict[str, Any]) -> str:
        keep()
        return _("The check is kept: %(name)s.") % {"name": check_name(check)}

    return step_page(request, page, act=act, too_late=too_late, now=now)
