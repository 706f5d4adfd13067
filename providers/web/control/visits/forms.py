"""What is filled in about visits."""

from collections.abc import Sequence
from hashlib import sha256
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
        for question in self.questions:
            self.fields[_answer(question)] = forms.CharField(
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

    def clean(self) -> dict[str, Any]:
        """What was answered to questions that are asked no more is not lost without a word."""
        cleaned: dict[str, Any] = super().clean() or {}
        lost = [
            str(self.data[name])
            for name in self.data
            if name.startswith("answer_") and name not in self.fields and self.data[name]
        ]
        if lost:
            raise forms.ValidationError(
                _(
                    "The questions have changed since you opened the page. Read them again. What "
                    "you had answered to those that are gone: %(answers)s"
                )
                % {"answers": "; ".join(lost)}
            )
        return cleaned

    def answers(self) -> list[tuple[str, str]]:
        return [(question, self.cleaned_data[_answer(question)]) for question in self.questions]


def _answer(question: str) -> str:
    """The field of an answer follows its question, however many there are when it is sent."""
    return f"answer_{sha256(question.encode()).hexdigest()[:12]}"


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
