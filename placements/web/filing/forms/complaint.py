from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from placements.web.filing.forms.answers import reason_choices
from providers.queries.offers import NamedUnit
from spink.catalogue.models import ReasonKind
from spink.web.forms import Form, offer


class ComplaintForm(Form):
    """A complaint about a unit that the request has met."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    care_unit = forms.ChoiceField(
        label=_("Which care unit?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose which care unit it is about")},
    )
    category = forms.ChoiceField(
        label=_("What is it about?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what the complaint is about")},
    )
    text = forms.CharField(
        label=_("What has happened?"),
        help_text=_(
            "Write no names, personal numbers or anything else by which a client can be known: "
            "quality and control and the provider read it."
        ),
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": _("Write what has happened")},
    )

    def __init__(self, *args: Any, units: Mapping[str, NamedUnit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(code, f"{unit.name}, {unit.provider_name}") for code, unit in units.items()]
        offer(self, "care_unit", named)
        offer(self, "category", reason_choices(ReasonKind.COMPLAINT_CATEGORY))
