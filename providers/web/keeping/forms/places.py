"""Counting places: of one unit with its numbers, of many as they stand."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from providers.models import CareUnit
from providers.web.keeping.forms.base import SHORTER, KeepingForm, day_field
from spink.foundation import clock


class CountForm(KeepingForm):
    part = "unit"
    is_reviewed = False

    class Meta:
        model = CareUnit
        fields = ("places_occupied", "places_unavailable", "next_free_on")
        help_texts = {
            "places_occupied": _("More may live there than there are places."),
            "places_unavailable": _("Cannot be used now: being repaired, for instance."),
        }

    next_free_on = day_field(_("next free on"), _("When a full unit has its next free place."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        free = self.initial.get("next_free_on")
        if free is not None and free < clock.today():
            self.initial["next_free_on"] = None  # it says nothing any more
        for name in ("places_occupied", "places_unavailable"):
            self.fields[name] = forms.IntegerField(
                label=self.fields[name].label,
                help_text=self.fields[name].help_text,
                min_value=0,
                max_value=9999,
                widget=forms.NumberInput(attrs=SHORTER),
            )

    def clean_next_free_on(self) -> Any:
        day = self.cleaned_data["next_free_on"]
        if day is not None and day < clock.today():
            raise ValidationError(_("That day has passed."))
        return day

    def values(self) -> dict[str, Any]:
        """Also as they were: whoever confirms says that they still hold."""
        return {name: self.cleaned_data[name] for name in self.told}
