import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from placements.domain.sections import Section
from placements.models import PlacementRequest
from placements.web.filing.forms.base import SectionForm
from spink.catalogue import queries as catalogue
from spink.foundation import clock
from spink.web.forms import offer

DRUG_FREE = (("", _("Does not matter")), ("yes", _("Drug-free")), ("no", _("Not drug-free")))
TO_VALUE = {"": None, "yes": True, "no": False}
MOST_COMPANIONS = 12
OLDEST = 120


class AgesField(forms.CharField):
    """Ages written one after another, as people write them: "3, 7 och 12"."""

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value) or ""
        words = [word for word in re.split(r"[\s,;]+|och|and", text) if word]
        if not all(word.isascii() and word.isdigit() and int(word) <= OLDEST for word in words):
            raise forms.ValidationError(_("Write the ages in whole years, for example 3, 7."))
        if len(words) > MOST_COMPANIONS:
            raise forms.ValidationError(_("At most twelve companions can come along."))
        return [int(word) for word in words]

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(str(age) for age in value) if isinstance(value, list) else value


class NeedsForm(SectionForm):
    section = Section.NEEDS

    needs_required = forms.MultipleChoiceField(
        label=_("Needs that must be met"), widget=forms.CheckboxSelectMultiple, required=False
    )
    needs_wished = forms.MultipleChoiceField(
        label=_("Needs that you wish to be met"),
        help_text=_("They do not exclude anybody, but those who meet most stand first."),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    drug_free = forms.ChoiceField(
        label=_("Shall the housing be drug-free?"),
        choices=DRUG_FREE,
        widget=forms.RadioSelect,
        required=False,
    )
    companions = AgesField(
        label=_("Ages of accompanying persons"),
        help_text=_(
            "In whole years, with a comma between. Not those who get a request of their own: "
            "they are counted anyway."
        ),
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"class": "short"}),
    )

    def prepare(self) -> None:
        needs = [(need.code, need.name) for need in catalogue.special_needs(clock.today())]
        for name in ("needs_required", "needs_wished"):
            offer(self, name, needs)
        service = catalogue.service(self.request.service_type)
        if service is not None and not service.asks_drug_free:
            del self.fields["drug_free"]

    def initial_of(self, request: PlacementRequest) -> dict[str, Any]:
        words = {value: word for word, value in TO_VALUE.items()}
        return super().initial_of(request) | {"drug_free": words[request.drug_free]}

    def clean_drug_free(self) -> bool | None:
        return TO_VALUE[self.cleaned_data["drug_free"]]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        both = set(cleaned.get("needs_required", [])) & set(cleaned.get("needs_wished", []))
        if both:
            self.add_error("needs_wished", _("A need is either required or wished, not both."))
        return cleaned
