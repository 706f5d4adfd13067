"""What is filled in about visits."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from providers.models import SiteVisit
from providers.models.control.choices import VisitForm, VisitOutcome
from providers.queries.history import Edition
from spink.accounts.models import PlacementTeam
from spink.foundation import clock
from spink.web import wording
from spink.web.forms import Form, offer
from spink.web.versions import VersionedForm

MOST_QUESTIONS = 40


def _day(label: Any, **given: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"class": "short"}), **given)


def _mode() -> forms.ChoiceField:
    return forms.ChoiceField(
        label=_("How"), choices=VisitForm.choices, widget=forms.RadioSelect, initial="on_site"
    )


def _joint() -> forms.BooleanField:
    return forms.BooleanField(label=_("Together with quality and control"), required=False)


def _outcome() -> forms.ChoiceField:
    return forms.ChoiceField(
        label=pgettext_lazy("of a visit", "Outcome"),
        choices=VisitOutcome.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what was found")},
    )


def _notes() -> forms.CharField:
    return forms.CharField(
        label=pgettext_lazy("of a visit", "Notes"),
        help_text=_("No personal data of clients."),
        max_length=8000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
    )


class PlanForm(Form):
    team = forms.TypedChoiceField(label=_("Team"), coerce=int)
    planned_on = _day(_("Planned for"))
    mode = _mode()
    is_joint = _joint()

    def __init__(self, *args: Any, teams: Sequence[PlacementTeam], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "team", [(one.pk, str(one)) for one in teams])


class StepForm(VersionedForm):
    """A step with a visit, as it stands."""

    def __init__(
        self,
        *args: Any,
        visit: SiteVisit,
        questions: Sequence[str] = (),
        editions: Sequence[Edition] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.visit, self.questions, self.editions = visit, list(questions), editions
        self.prepare()

    def prepare(self) -> None:
        """Fill in what comes from data."""


class ChangeForm(StepForm):
    planned_on = _day(_("Planned for"))
    mode = _mode()
    is_joint = _joint()

    def prepare(self) -> None:
        for name in ("planned_on", "mode", "is_joint"):
            self.fields[name].initial = getattr(self.visit, name)


class MakeForm(StepForm):
    """The questions of the unit's services stand among the fields as they are today."""

    made_on = _day(_("Day of the visit"))
    mode = _mode()
    is_joint = _joint()

    def prepare(self) -> None:
        self.fields["made_on"].initial = clock.today()
        for name in ("mode", "is_joint"):
            self.fields[name].initial = getattr(self.visit, name)
        for number, question in enumerate(self.questions):
            self.fields[f"answer_{number}"] = forms.CharField(
                label=question,
                required=False,
                max_length=4000,
                widget=forms.Textarea(attrs={"rows": 2}),
            )
        self.fields["notes"] = _notes()
        self.fields["outcome"] = _outcome()

    def clean_made_on(self) -> Any:
        day = self.cleaned_data["made_on"]
        if day > clock.today():
            raise forms.ValidationError(_("Give a day that has come"))
        return day

    def answers(self) -> list[tuple[str, str]]:
        said = [self.cleaned_data[f"answer_{number}"] for number in range(len(self.questions))]
        return list(zip(self.questions, said, strict=True))


class CancelForm(StepForm):
    because = forms.CharField(
        label=_("Why is the visit cancelled?"),
        max_length=300,
        error_messages={"required": _("Write why the visit is cancelled")},
    )


class CompleteForm(StepForm):
    outcome = _outcome()
    notes = _notes()
    register_number = forms.TypedChoiceField(
        label=_("What it led to in the register"),
        coerce=int,
        empty_value=None,
        required=False,
    )

    def prepare(self) -> None:
        for name in ("outcome", "notes", "register_number"):
            self.fields[name].initial = getattr(self.visit, name)
        listed = [(one.number, _said(one)) for one in self.editions]
        numbers = {number for number, _text in listed}
        if self.visit.register_number and self.visit.register_number not in numbers:
            listed.append((self.visit.register_number, str(self.visit.register_number)))
        offer(self, "register_number", [("", _("No change")), *listed])


def _said(edition: Edition) -> str:
    day = wording.short_day(edition.at.astimezone(clock.STOCKHOLM).date())
    return ", ".join(filter(None, [f"{edition.number}", day, edition.who, edition.note]))


class TemplateForm(Form):
    valid_from = _day(_("From"))
    questions = forms.CharField(
        label=_("Questions, one on each line"),
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 14}),
        error_messages={"required": _("Write at least one question")},
    )

    def clean_valid_from(self) -> Any:
        day = self.cleaned_data["valid_from"]
        if day < clock.today():
            raise forms.ValidationError(_("Give today or a later day: earlier visits keep theirs"))
        return day

    def clean_questions(self) -> list[str]:
        lines = [" ".join(line.split()) for line in self.cleaned_data["questions"].splitlines()]
        asked = list(dict.fromkeys(line for line in lines if line))
        if len(asked) > MOST_QUESTIONS:
            raise forms.ValidationError(_("Write at most 40 questions"))
        return asked
