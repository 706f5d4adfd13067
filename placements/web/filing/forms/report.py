from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from placements.domain.reporting import reason_kind
from placements.models import RecommendedUnit
from placements.web.filing.forms.answers import reason_choices
from providers import queries as register
from spink.catalogue.domain.ladder import ProvisionForm
from spink.catalogue.models import ReasonKind
from spink.web.forms import offer
from spink.web.versions import VersionedForm

NONE, OTHER = "none", "other"
REASON_FIELDS = {
    ReasonKind.NONE_CHOSEN: "none_reason",
    ReasonKind.OTHER_CHOSEN: "other_reason",
    ReasonKind.LOWER_RUNG_CHOSEN: "lower_reason",
}
NEW_MATCH = "new_match"
AFTER = ((NEW_MATCH, _("Match again")), ("close", _("Close the request")))


class ReportForm(VersionedForm):
    """Two clicks when the first recommended was chosen; a reason only where it is asked for."""

    kept_text = "text"
    choice = forms.ChoiceField(label=_("Which unit was chosen?"), widget=forms.RadioSelect)
    lower_reason = forms.ChoiceField(label=_("Why not a unit of the higher rung?"), required=False)
    other_unit = forms.CharField(
        label=_("Name of the other unit, as in the register"), max_length=200, required=False
    )
    other_reason = forms.ChoiceField(label=_("Why another unit?"), required=False)
    none_reason = forms.ChoiceField(label=_("Why was none chosen?"), required=False)
    after = forms.ChoiceField(
        label=_("What shall happen now?"),
        choices=AFTER,
        widget=forms.RadioSelect,
        required=False,
    )
    whole_household = forms.BooleanField(
        label=_("The same for the whole household"),
        help_text=_("Those who are to live together are reported with this one."),
        required=False,
        initial=True,
    )
    despite_stop = forms.BooleanField(
        label=_("We know that the unit is stopped and choose it all the same"),
        help_text=_("The department decides where the placement is made. Write why below."),
        required=False,
    )
    text = forms.CharField(
        label=_("Comment"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(
        self,
        *args: Any,
        recommended: Mapping[str, RecommendedUnit],
        stop_of: Callable[[str], str],
        has_household: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.recommended = recommended
        self.stop_of = stop_of
        self.stopped = ""
        units = [(f"unit:{code}", unit.unit_name) for code, unit in recommended.items()]
        ends = [(OTHER, _("Another unit")), (NONE, _("No unit"))]
        offer(self, "choice", [*units, *ends])
        for kind, name in REASON_FIELDS.items():
            offer(self, name, [("", _("Choose a reason")), *reason_choices(kind)])
        for name in (*REASON_FIELDS.values(), "other_unit", "after"):
            self.fields[name].needed_later = True  # type: ignore[attr-defined]
        if not has_household:
            del self.fields["whole_household"]
        if not self._has_lower_rung():
            del self.fields["lower_reason"]

    def _rungs(self) -> dict[str, ProvisionForm]:
        return {code: ProvisionForm(unit.provision_form) for code, unit in self.recommended.items()}

    def _has_lower_rung(self) -> bool:
        return len(set(self._rungs().values())) > 1

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        choice = cleaned.get("choice")
        if choice is None:
            return cleaned
        cleaned["unit_code"] = self._unit(choice, cleaned)
        if choice == OTHER and not cleaned["unit_code"]:
            return cleaned
        kind = reason_kind(cleaned["unit_code"], self._rungs())
        cleaned["reason"] = self._reason(ReasonKind(kind), cleaned) if kind else ""
        if choice == NONE and not cleaned.get("after"):
            self.add_error("after", _("Choose what shall happen now."))
        self.stopped = self.stop_of(cleaned["unit_code"]) if cleaned["unit_code"] else ""
        if self.stopped:
            self._check_stop(cleaned)
        return cleaned

    def _check_stop(self, cleaned: dict[str, Any]) -> None:
        if not cleaned.get("despite_stop"):
            self.add_error("despite_stop", self.stopped)
        if not cleaned.get("text", "").strip():
            self.add_error("text", _("Write why you choose a unit that is stopped."))

    def _unit(self, choice: str, cleaned: dict[str, Any]) -> str:
        if choice == NONE:
            return ""
        if choice != OTHER:
            return choice.removeprefix("unit:")
        name = (cleaned.get("other_unit") or "").strip()
        codes = register.codes_by_name([name]).get(name, []) if name else []
        if len(codes) == 1:
            return codes[0]
        self.add_error("other_unit", self._which_unit(name, codes))
        return ""

    @staticmethod
    def _which_unit(name: str, codes: list[str]) -> Any:
        if not name:
            return _("Write the name of the unit.")
        if codes:
            return _("Several units have this name: write the code of the one you chose.")
        return _("The register has no unit named “%(name)s”.") % {"name": name}

    def _reason(self, kind: ReasonKind, cleaned: dict[str, Any]) -> str:
        name = REASON_FIELDS[kind]
        reason = cleaned.get(name) or ""
        if not reason:
            self.add_error(name, _("Choose a reason."))
        return reason

    @property
    def asks_new_match(self) -> bool:
        chosen = bool(self.cleaned_data["unit_code"])
        return not chosen and self.cleaned_data["after"] == NEW_MATCH
