"""What is filled in about findings."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from providers.domain.control.lifecycle import FindingStep
from providers.models.control.choices import Severity
from spink.accounts import queries as accounts
from spink.accounts.domain.roles import Role
from spink.catalogue import queries as catalogue
from spink.catalogue.models.coded_reason import ReasonKind
from spink.foundation import clock
from spink.web.forms import Form, offer
from spink.web.versions import VersionedForm

WATCHED_FOR = timedelta(days=30)
JUDGEMENTS = (
    (FindingStep.DISMISS.value, _("Dismiss")),
    (FindingStep.WATCH.value, _("Watch")),
    (FindingStep.REVIEW.value, _("In-depth review of the provider")),
)


class JudgeForm(VersionedForm):
    step = forms.ChoiceField(
        label=_("What is to be done"), choices=JUDGEMENTS, widget=forms.RadioSelect
    )
    reason = forms.ChoiceField(label=_("Reason, if it is dismissed"), required=False)
    until = forms.DateField(
        label=_("Until, if it is watched"),
        required=False,
        widget=forms.DateInput(attrs={"class": "short"}),
    )
    note = forms.CharField(
        label=pgettext_lazy("on a finding", "Note"),
        help_text=_("No personal data of clients."),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, is_reviewed: bool = False, **kwargs: Any) -> None:
        """A provider `is_reviewed` has one review at a time: no other is asked for."""
        super().__init__(*args, **kwargs)
        if is_reviewed:
            offer(self, "step", [one for one in JUDGEMENTS if one[0] != FindingStep.REVIEW])
        reasons = catalogue.reasons(ReasonKind.FINDING_DISMISSED, clock.today())
        offer(self, "reason", [("", "–"), *((one.code, one.name) for one in reasons)])
        for name in ("reason", "until"):
            self.fields[name].needed_later = True  # type: ignore[attr-defined]
        self.fields["until"].initial = clock.today() + WATCHED_FOR

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        step = cleaned.get("step")
        if step == FindingStep.DISMISS and not cleaned.get("reason"):
            self.add_error("reason", _("Choose why the finding is dismissed"))
        if step == FindingStep.WATCH and "until" not in self.errors:
            self._check_until(cleaned.get("until"))
        return cleaned

    def _check_until(self, until: Any) -> None:
        if until is None or until <= clock.today():
            self.add_error("until", _("Give a day after today"))


class OwnerForm(VersionedForm):
    to = forms.TypedChoiceField(label=_("Hand over to"), coerce=int)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        holders = accounts.holders_of(Role.QUALITY_CONTROLLER)
        offer(self, "to", [(one.pk, str(one)) for one in holders])


class NoteForm(Form):
    title = forms.CharField(
        label=_("What have you learned?"),
        help_text=_("One line. No personal data of clients."),
        max_length=300,
    )
    severity = forms.ChoiceField(
        label=_("Severity"), choices=Severity.choices, widget=forms.RadioSelect
    )
    link = forms.URLField(
        label=_("Link to where it stands"), required=False, max_length=500, assume_scheme="https"
    )
    day = forms.DateField(
        label=_("Day of it"), required=False, widget=forms.DateInput(attrs={"class": "short"})
    )
