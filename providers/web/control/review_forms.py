"""What is filled in about in-depth reviews."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from providers.domain.control.checks import UnknownForm, checks_for
from providers.domain.control.review import DECISIONS, STOPPING, Decision, ReviewKind
from providers.models import Provider, Review
from providers.models.control.choices import Check, ReviewDecision, VisitForm
from providers.queries.control.reviews import is_directly_procured
from providers.queries.control.vettings import asks_for_permit
from providers.queries.stops import rungs_under
from providers.web.control.forms import WATCHED_FOR
from providers.web.control.vetting_forms import NO_CLIENTS, SHORT, TOO_LATE
from spink.catalogue import queries as catalogue
from spink.catalogue.domain.ladder import ProvisionForm
from spink.catalogue.models.coded_reason import ReasonKind
from spink.foundation import clock
from spink.web.forms import Form, offer
from spink.web.versions import VersionedForm

INK_DECIDES = _(
    "The provider has a framework agreement as well. A pause or a removal closes it too, so INK "
    "decides it: you need INK's reference, and the day of the decision, to set the stop. Spink may "
    "set a recommendation stop on the direct award itself."
)
LONG = forms.Textarea(attrs={"rows": 4})


class OpenForm(Form):
    reason = forms.CharField(
        label=_("Why is the provider reviewed?"),
        help_text=NO_CLIENTS,
        max_length=2000,
        widget=LONG,
    )
    checks = forms.MultipleChoiceField(
        label=_("Checks to do"),
        choices=Check.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    inks_reference = forms.CharField(
        label=_("INK's reference"),
        help_text=_(
            "Only for a visit to a framework provider that INK has asked for. INK then decides "
            "what follows."
        ),
        required=False,
        max_length=80,
    )

    def __init__(self, data: Any, *, provider: Provider) -> None:
        super().__init__(data, initial={"checks": _proposed(provider)})


def _proposed(provider: Provider) -> list[str]:
    """None of a framework provider: INK checks it, and asks for a visit alone."""
    if not is_directly_procured(provider.pk, clock.today()):
        return []
    try:
        return [*checks_for(provider.legal_form, needs_permit=asks_for_permit(provider.pk))]
    except UnknownForm:
        return []


class NoteForm(VersionedForm):
    kept_text = "text"
    text = forms.CharField(label=pgettext_lazy("on a review", "Note"), max_length=4000, widget=LONG)

    def __init__(self, *args: Any, review: Review, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.review = review


class VisitNotesForm(NoteForm):
    day = forms.DateField(label=_("Day of the visit"), widget=SHORT)
    form = forms.ChoiceField(
        label=_("How was it made?"), choices=VisitForm.choices, widget=forms.RadioSelect
    )
    field_order = ("day", "form", "text")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].label = _("Notes of the visit")
        self.fields["text"].help_text = NO_CLIENTS
        self.fields["day"].initial = clock.today()

    def clean_day(self) -> Any:
        day = self.cleaned_data["day"]
        if day > clock.today():
            raise forms.ValidationError(TOO_LATE)
        return day


class AskForm(NoteForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].label = _("Question to the lawyer")


class AdviseForm(NoteForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].label = _("The lawyer's view")


class CancelForm(NoteForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].label = _("Why is it broken off?")


class DecideForm(NoteForm):
    decision = forms.ChoiceField(label=_("Decision"), widget=forms.RadioSelect)
    reasons = forms.MultipleChoiceField(
        label=_("Reasons"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose why")},
    )
    follow_up_on = forms.DateField(
        label=_("Looked at again on, if it is watched"), required=False, widget=SHORT
    )
    field_order = ("decision", "follow_up_on", "reasons", "text")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].required = False
        self.fields["text"].help_text = NO_CLIENTS
        possible = DECISIONS[ReviewKind(self.review.kind)]
        offer(self, "decision", [(one.value, ReviewDecision(one.value).label) for one in possible])
        if len(possible) == 1:
            self.fields["decision"].initial = possible[0].value
        self.fields["follow_up_on"].needed_later = True  # type: ignore[attr-defined]
        self.fields["follow_up_on"].initial = clock.today() + WATCHED_FOR
        if Decision.WATCHED not in possible:
            del self.fields["follow_up_on"]
        if _stops_a_framework(self.review.provider, possible):
            self.fields["decision"].help_text = INK_DECIDES
        found = catalogue.reasons(ReasonKind.REVIEW, clock.today())
        offer(self, "reasons", [(one.code, one.name) for one in found])

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        until = cleaned.get("follow_up_on")
        is_watched = cleaned.get("decision") == Decision.WATCHED
        if (
            is_watched
            and "follow_up_on" not in self.errors
            and not (until and until > clock.today())
        ):
            self.add_error("follow_up_on", _("Give a day after today"))
        return cleaned


def _stops_a_framework(provider: Provider, possible: Collection[Decision]) -> bool:
    stops = not STOPPING.isdisjoint(possible)
    return stops and ProvisionForm.FRAMEWORK in rungs_under(provider, clock.today())


class FollowUpForm(NoteForm):
    again_on = forms.DateField(
        label=_("Look at it again on"),
        help_text=_("Empty: the provider is watched no more."),
        required=False,
        widget=SHORT,
    )
    field_order = ("text", "again_on")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].label = _("What did you see?")
        self.fields["text"].help_text = NO_CLIENTS

    def clean_again_on(self) -> Any:
        day = self.cleaned_data["again_on"]
        if day and day <= clock.today():
            raise forms.ValidationError(_("Give a day after today"))
        return day


class OffenceForm(Form):
    court = forms.CharField(label=_("Court"), max_length=120)
    case_number = forms.CharField(label=_("Case number"), required=False, max_length=40)
    text = forms.CharField(label=_("What the court has said"), max_length=4000, widget=LONG)
