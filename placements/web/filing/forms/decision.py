from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from placements.domain.sections import Section
from placements.models.choices import Urgencies
from placements.queries.completeness import basis_problem
from placements.web.filing.forms.base import SectionForm
from spink.catalogue import queries as catalogue
from spink.foundation import clock
from spink.web.forms import offer

DAY = {"class": "short", "placeholder": _("YYYY-MM-DD"), "inputmode": "numeric"}


class DecisionForm(SectionForm):
    section = Section.DECISION

    legal_basis = forms.ChoiceField(label=_("Legal basis"), required=False)
    decision_date = forms.DateField(
        label=_("Decision date"), required=False, widget=forms.DateInput(attrs=DAY)
    )
    wanted_start = forms.DateField(
        label=_("Wanted start"),
        help_text=_("The day on which the person needs the place."),
        required=False,
        widget=forms.DateInput(attrs=DAY),
    )
    urgency = forms.ChoiceField(
        label=_("How urgent is it?"),
        choices=Urgencies.choices,
        widget=forms.RadioSelect,
        required=False,
    )

    def prepare(self) -> None:
        bases = [(basis.code, basis.name) for basis in catalogue.all_legal_bases()]
        offer(self, "legal_basis", [("", _("Choose a legal basis")), *bases])

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        decided = cleaned.get("decision_date")
        if decided and decided > clock.today():
            self.add_error("decision_date", _("The decision date lies in the future."))
        basis = catalogue.legal_basis(cleaned.get("legal_basis") or "")
        problem = basis_problem(basis, decided=decided) if basis else None
        if problem:
            self.add_error("legal_basis", problem)
        return cleaned
