"""What is filled in about a process deviation: by whoever files it, and by who handles it."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from placements import policies
from placements.models import ProcessDeviation
from spink.accounts import queries as accounts
from spink.accounts.domain.roles import Role, Scope
from spink.accounts.models import PlacementTeam, Unit
from spink.catalogue import queries as catalogue
from spink.catalogue.models import ReasonKind
from spink.foundation import clock
from spink.web.forms import Form, offer
from spink.web.versions import VersionedForm

LONGEST = 8000
Choices = list[tuple[str, str]]


def reason_choices(kind: ReasonKind) -> Choices:
    return [(one.code, one.name) for one in catalogue.reasons(kind, clock.today())]


def team_choices(teams: Sequence[PlacementTeam]) -> Choices:
    return [(str(one.pk), f"{one.function}: {one}") for one in teams]


def every_team() -> Choices:
    return team_choices(list(accounts.places_of(Scope.TEAM, clock.today())))


class FilingForm(Form):
    """`team` is left out where the request says it, `unit` where there is one to choose."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    category = forms.ChoiceField(
        label=_("What is it about?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what the deviation is about")},
    )
    text = forms.CharField(
        label=_("What has happened?"),
        help_text=_(
            "Write no names, personal numbers or anything else by which a client can be known."
        ),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": _("Write what has happened")},
    )
    team = forms.TypedChoiceField(
        label=_("Which team?"), coerce=int, empty_value=None, required=False
    )
    unit = forms.TypedChoiceField(label=_("Your unit"), coerce=int)

    def __init__(
        self,
        *args: Any,
        teams: Sequence[PlacementTeam],
        units: Sequence[Unit],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "category", reason_choices(ReasonKind.DEVIATION_CATEGORY))
        offer(self, "team", [("", _("I do not know")), *team_choices(teams)])
        offer(self, "unit", [(str(one.pk), str(one)) for one in units])
        if not teams:
            del self.fields["team"]
        if len(units) < 2:
            del self.fields["unit"]


class StepForm(VersionedForm):
    """A step with a deviation, as it stands; by itself no more than a button."""

    def __init__(self, *args: Any, deviation: ProcessDeviation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.deviation = deviation
        self.prepare()

    def prepare(self) -> None:
        """Fill in choices that come from data."""


class OwnerForm(StepForm):
    to = forms.TypedChoiceField(label=_("Hand over to"), coerce=int)

    def prepare(self) -> None:
        holders = accounts.holders_of(Role.QUALITY_CONTROLLER)
        fit = [one for one in holders if policies.may_handle(self.deviation, one.pk)]
        offer(self, "to", [(str(one.pk), str(one)) for one in fit])
        self.fields["to"].initial = self.deviation.owner_id


class CorrectionForm(StepForm):
    category = forms.ChoiceField(label=_("What it is about"))
    team = forms.TypedChoiceField(label=_("Team"), coerce=int, empty_value=None, required=False)

    def prepare(self) -> None:
        offer(self, "category", reason_choices(ReasonKind.DEVIATION_CATEGORY))
        offer(self, "team", [("", _("Not said")), *every_team()])
        self.fields["category"].initial = self.deviation.category
        self.fields["team"].initial = self.deviation.team_id


class NoteForm(StepForm):
    kept_text = "text"
    text = forms.CharField(
        label=_("What you have found out"),
        help_text=_("Read by quality and control alone."),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Write what you have found out")},
    )


class CloseForm(StepForm):
    kept_text = "text"
    outcome = forms.ChoiceField(
        label=pgettext_lazy("of a deviation", "Outcome"),
        error_messages={"required": _("Choose how the deviation ended")},
    )
    text = forms.CharField(
        label=_("Answer to whoever filed it"),
        help_text=_(
            "What you found, and what is changed. The whole unit reads it: name no officer."
        ),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": _("Write the answer")},
    )

    def prepare(self) -> None:
        offer(self, "outcome", [("", "–"), *reason_choices(ReasonKind.DEVIATION_OUTCOME)])
