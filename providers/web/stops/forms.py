"""What a stop is decided by. Which kinds may be chosen is the policy's, and said at the field."""

from collections.abc import Collection
from datetime import date
from typing import Any, Final
from uuid import uuid4

from django import forms
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from providers.domain.stopping import REFUSED, InksDecision, Ruling, StopRefused, check
from providers.models import StopKind
from providers.policies import stop_ruling
from providers.web.keeping.forms.base import day_field
from spink.accounts.domain.reach import Reach
from spink.catalogue import queries as catalogue
from spink.catalogue.domain.ladder import ProvisionForm
from spink.catalogue.models import ReasonKind
from spink.foundation import clock
from spink.web.forms import Form, offer

MEANINGS: Final[dict[StopKind, Promise]] = {
    StopKind.RECOMMENDATION_STOP: _(
        "Spink neither asks nor recommends for direct award. Framework agreements go on."
    ),
    StopKind.ORDER_STOP: _("Closes framework agreements and direct award. Decided by INK."),
    StopKind.PAUSED: _("For a time nobody is asked or recommended, on no rung."),
    StopKind.UNPUBLISHED: _("Is taken out of the matching, on every rung, until it is lifted."),
}
WHY_NOT: Final[dict[Ruling, Promise]] = {
    Ruling.NOT_BY_DIRECT_AWARD: _(
        "Nothing is bought by direct award here. On framework agreements INK decides order stops."
    ),
    Ruling.NOT_ON_FRAMEWORK: _("There is no framework agreement here that orders are stopped on."),
    Ruling.NOT_ONES_TASK: _("Stops are decided by quality and control."),
}
INK_DECIDES = _("A framework agreement is closed, too: INK's decision is given below.")


class StopForm(Form):
    reference = forms.UUIDField(required=False, widget=forms.HiddenInput)
    """The stop's own: that of a form that is sent twice is set once."""
    kind = forms.ChoiceField(
        label=_("What shall hold?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what shall hold")},
    )
    decision_reference = forms.CharField(
        label=_("Reference of INK's decision"),
        help_text=_("Only where INK decides."),
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"class": "short"}),
    )
    decided_on = day_field(_("INK decided on"))
    valid_from = day_field(_("From"), _("Empty: from today."))
    valid_to = day_field(_("To"), _("Empty: until it is lifted."))
    reason_code = forms.ChoiceField(
        label=_("Reason"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a reason for the stop")},
    )

    def __init__(
        self,
        data: Any,
        *,
        rungs: Collection[ProvisionForm],
        reach: Reach,
        proposed: dict[str, str] | None = None,
    ) -> None:
        super().__init__(data, initial={"reference": uuid4(), **(proposed or {})})
        self._rungs = rungs
        rulings = {kind: stop_ruling(reach, kind, rungs) for kind in StopKind}
        self.allowed = {kind: why for kind, why in rulings.items() if why not in REFUSED}
        self.refusals = [
            (kind.label, WHY_NOT[why]) for kind, why in rulings.items() if why in REFUSED
        ]
        offer(
            self, "kind", [(kind.value, _choice(kind, why)) for kind, why in self.allowed.items()]
        )
        reasons = catalogue.reasons(ReasonKind.STOP, clock.today())
        offer(self, "reason_code", [(one.code, one.name) for one in reasons])
        if Ruling.INK_DECIDES not in self.allowed.values():
            del self.fields["decision_reference"], self.fields["decided_on"]

    @property
    def decision(self) -> InksDecision | None:
        reference = self.cleaned_data.get("decision_reference", "").strip()
        day: date | None = self.cleaned_data.get("decided_on")
        return InksDecision(reference, day) if reference and day else None

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        first = cleaned.get("valid_from") or clock.today()
        if cleaned.get("valid_to") and cleaned["valid_to"] < first:
            self.add_error("valid_to", _("It ends before it begins."))
        if "kind" in cleaned:
            self._check_decision(cleaned)
        return cleaned

    def _check_decision(self, cleaned: dict[str, Any]) -> None:
        try:
            check(cleaned["kind"], self._rungs, self.decision, today=clock.today())
        except StopRefused:  # the choices hold those alone that may be decided
            if not cleaned.get("decision_reference"):
                self.add_error("decision_reference", _("Give the reference of INK's decision"))
            if "decided_on" not in self.errors and self.decision is None:
                if not cleaned.get("decided_on"):
                    self.add_error("decided_on", _("Give the day of INK's decision"))
            elif self.decision is not None:
                self.add_error("decided_on", _("That day is to come"))


def _choice(kind: StopKind, why: Ruling) -> SafeString:
    meaning = MEANINGS[kind]
    if why is Ruling.INK_DECIDES and kind is not StopKind.ORDER_STOP:
        return format_html('{}<span class="under">{} {}</span>', kind.label, meaning, INK_DECIDES)
    return format_html('{}<span class="under">{}</span>', kind.label, meaning)
