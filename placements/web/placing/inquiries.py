"""Asking units whether they can take the person, and noting what they answer.

Nothing is sent from here: the officer calls or writes, and what is noted is kept for all time.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from placements import actions, policies, queries
from placements.actions import OTHER_REASON, AskedUnit
from placements.domain.lifecycle import Step
from placements.domain.standard_texts import Purpose
from placements.domain.values import Answer
from placements.models import PlacementRequest, ProviderInquiry
from placements.models.choices import Answers
from placements.web.placing.match.reading import Reading, match_of
from placements.web.placing.match.units import unit_url, where
from placements.web.placing.opening import about_request
from placements.web.placing.steps import sent, step_page, taken
from placements.web.shared import offered
from placements.web.shared.need_facts import need_facts
from placements.web.shared.offered import Said
from placements.web.shared.standard_texts import is_asked_for, texts_in, with_text
from placements.web.shared.stops import is_stopped
from providers import queries as register
from providers.queries import UnitCard
from spink.accounts import queries as accounts
from spink.accounts.middleware import WallRequest
from spink.catalogue import queries as catalogue
from spink.catalogue.models import ReasonKind
from spink.catalogue.wording import rung_name
from spink.foundation import clock
from spink.web.forms import offer
from spink.web.versions import VersionedForm

TEMPLATE = "inquiries"


class AskForm(VersionedForm):
    """The units come with the page; who is not in the register cannot be asked."""

    unit = forms.MultipleChoiceField(
        widget=forms.MultipleHiddenInput,
        error_messages={
            "required": gettext_lazy("Choose at least one unit on the match page"),
            "invalid_choice": gettext_lazy("A unit that you chose is no longer in the register"),
        },
    )

    text = forms.CharField(
        label=gettext_lazy("Text to copy or read out"),
        help_text=gettext_lazy("It is neither sent nor kept. Nothing about the person."),
        widget=forms.Textarea(attrs={"rows": 12}),
        required=False,
    )

    def __init__(self, data: Any, *, known: list[str], version: int) -> None:
        super().__init__(data, initial={"version": version, "unit": known})
        self.fields["unit"].choices = [(code, code) for code in known]  # type: ignore[attr-defined]


class AnswerForm(VersionedForm):
    kept_text = "note"
    answer = forms.ChoiceField(
        label=gettext_lazy("What did they answer?"),
        choices=Answers.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose what they answered")},
    )
    place_from = forms.DateField(
        label=gettext_lazy("From which day?"),
        help_text=gettext_lazy("Only where the place is free later, for example 2026-03-09."),
        widget=forms.DateInput(attrs={"class": "shorter"}),
        required=False,
    )
    reason = forms.ChoiceField(
        label=gettext_lazy("Why not?"),
        help_text=gettext_lazy("Only where they have no place."),
        required=False,
    )
    note = forms.CharField(
        label=gettext_lazy("Note"),
        help_text=gettext_lazy("For example whom you spoke with. Nothing about the person."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = catalogue.reasons(ReasonKind.PROVIDER_NO, clock.today())
        named = [(one.code, one.name) for one in known]
        offer(self, "reason", [("", _("Choose a reason")), *named])
        self.fields["reason"].needed_later = True  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("answer") == Answer.NO and "reason" not in self.errors:
            self._check_reason(given)
        later, day = given.get("answer") == Answer.LATER, given.get("place_from")
        if later and day is None and "place_from" not in self.errors:
            self.add_error("place_from", _("Give the day from which there is a place"))
        if later and day is not None and day < clock.today():
            self.add_error("place_from", _("That day has passed"))
        return given

    def _check_reason(self, given: dict[str, Any]) -> None:
        if not given.get("reason"):
            self.add_error("reason", _("Choose why they have no place"))
        elif given["reason"] == OTHER_REASON and not given.get("note"):
            self.add_error("note", _("Write what the other reason is"))

    @property
    def place_from_day(self) -> date | None:
        """A day belongs to the answer “later” alone."""
        later = self.cleaned_data["answer"] == Answer.LATER
        return self.cleaned_data["place_from"] if later else None


@dataclass(frozen=True, slots=True)
class ShownInquiry:
    name: str
    url: str
    form: str
    asked_at: datetime
    asked_by: str
    said: Said | None
    reason: str
    note: str
    answer_url: str
    is_open: bool
    card: UnitCard | None


@dataclass(frozen=True, slots=True)
class AskedNow:
    card: UnitCard
    under: str
    url: str


@require_http_methods(["GET", "POST"])
@about_request
def inquiries(request: WallRequest, placement: PlacementRequest) -> HttpResponse:
    """What was asked and answered; with `?unit=…`, those that are about to be asked."""
    codes = (request.POST if request.method == "POST" else request.GET).getlist("unit")
    cards = register.unit_cards(codes) if codes else {}
    form = AskForm(sent(request), known=list(cards), version=placement.version)
    context = _context(request, placement, cards)
    if is_asked_for(request):
        typed = with_text(request, placement, Purpose.ASK_PROVIDER, field="text")
        form = AskForm(None, known=list(cards), version=placement.version)
        form.initial = {**form.initial, "version": typed.get("version"), "text": typed["text"]}
        return step_page(request, placement, form, TEMPLATE, **context)
    if request.method != "POST":
        return step_page(request, placement, form, TEMPLATE, **context)

    def act() -> None:
        reading = match_of(placement)
        actions.ask_providers(
            request_id=placement.pk,
            units=[_asked_unit(cards[code], reading) for code in form.cleaned_data["unit"]],
            by=request.user.actor,
            version=form.seen,
        )

    try:
        refused = taken(request, placement, form, Step.ASK_PROVIDER, TEMPLATE, act, **context)
    except actions.StoppedUnits as stopped:
        for code, stop in stopped.stops.items():
            form.add_error(None, is_stopped(cards[code].name, stop))
        refused = step_page(request, placement, form, TEMPLATE, **context)
    if refused:
        return refused
    count = len(form.cleaned_data["unit"])
    text = ngettext(
        "%(count)d unit is noted as asked.", "%(count)d units are noted as asked.", count
    )
    messages.success(request, text % {"count": count})
    return redirect("placements:inquiries", placement.reference)


def _asked_unit(card: UnitCard, reading: Reading) -> AskedUnit:
    return AskedUnit(card.code, card.name, _form_of(card.code, reading))


def _form_of(code: str, reading: Reading) -> str:
    """The rung on which the unit stands, or would stand but for what keeps it away."""
    for rung in reading.matched.rungs:
        if any(candidate["unit"] == code for candidate in rung["candidates"]):
            return str(rung["provision_form"])
    row = reading.differences.row(code)
    form = None if row is None else reading.differences.form(row)
    return form.value if form else ""


def _context(
    request: WallRequest, placement: PlacementRequest, cards: dict[str, UnitCard]
) -> dict[str, Any]:
    found = queries.inquiries_of(placement)
    municipalities = accounts.municipality_names({card.municipality for card in cards.values()})
    reachable = register.unit_cards({inquiry.unit_code for inquiry in found})
    refusals = {inquiry.refusal_reason for inquiry in found if inquiry.refusal_reason}
    reasons = catalogue.names(refusals, of=ReasonKind.PROVIDER_NO) if refusals else {}
    return {
        "current": "inquiries",
        "asked_count": len(found),
        "asked_now": [
            AskedNow(card, where(card, municipalities), unit_url(card.code))
            for card in cards.values()
        ],
        "inquiries": [
            _shown(inquiry, placement, reachable.get(inquiry.unit_code), reasons)
            for inquiry in found
        ],
        "can_ask": policies.can_take_step(Step.ASK_PROVIDER, placement, request.reach),
        "needs": need_facts(queries.as_one(placement)),
        **texts_in(placement, Purpose.ASK_PROVIDER),
    }


def _shown(
    inquiry: ProviderInquiry,
    placement: PlacementRequest,
    card: UnitCard | None,
    reasons: Mapping[str, str],
) -> ShownInquiry:
    start = placement.wanted_start or clock.today()
    return ShownInquiry(
        name=inquiry.unit_name,
        url=unit_url(inquiry.unit_code),
        form=rung_name(inquiry.provision_form),
        asked_at=inquiry.asked_at,
        asked_by=str(inquiry.asked_by),
        said=offered.asked(inquiry, start, clock.now()) if inquiry.answer else None,
        reason=reasons.get(inquiry.refusal_reason, ""),
        note=inquiry.note,
        answer_url=reverse("placements:inquiry", args=[placement.reference, inquiry.pk]),
        is_open=not inquiry.answer,
        card=card,
    )


@require_http_methods(["GET", "POST"])
@about_request
def inquiry(request: WallRequest, placement: PlacementRequest, inquiry_id: int) -> HttpResponse:
    """Note what a unit answered; a noted answer can be put right in the same way."""
    found = next((one for one in queries.inquiries_of(placement) if one.pk == inquiry_id), None)
    if found is None:
        raise Http404
    initial = {
        "version": placement.version,
        "answer": found.answer or request.GET.get("answer", ""),
        "place_from": found.place_from,
        "reason": found.refusal_reason,
        "note": found.note,
    }
    form = AnswerForm(sent(request), initial=initial)

    def act() -> None:
        actions.note_answer(
            request_id=placement.pk,
            inquiry_id=found.pk,
            answer=Answer(form.cleaned_data["answer"]),
            place_from=form.place_from_day,
            reason=form.cleaned_data["reason"],
            note=form.cleaned_data["note"],
            by=request.user.actor,
            version=form.seen,
        )

    context = {"inquiry": found, "current": "inquiries"}
    refused = taken(request, placement, form, Step.NOTE_PROVIDER_ANSWER, "inquiry", act, **context)
    if refused:
        return refused
    messages.success(request, _("The answer of %(unit)s is noted.") % {"unit": found.unit_name})
    return redirect("placements:inquiries", placement.reference)
