from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from placements.domain.places import place_labelled, place_of, places
from placements.domain.sections import Section
from placements.models import PlacementRequest
from placements.web.filing.forms.base import SectionForm
from providers import queries as register
from spink.accounts import queries as accounts
from spink.web.forms import offer

KILOMETRES = (10, 20, 40, 60, 100)
MOST_UNITS = 20


class PlaceForm(SectionForm):
    section = Section.PLACE

    near = forms.ChoiceField(
        label=_("Near"),
        help_text=_("Units close by stand first."),
        required=False,
    )
    within_km = forms.TypedChoiceField(
        label=_("At most how far away"),
        choices=[("", _("However far")), *((km, f"{km} km") for km in KILOMETRES)],
        coerce=int,
        empty_value=None,
        required=False,
    )
    avoid_municipalities = forms.MultipleChoiceField(
        label=_("Municipalities to avoid"), widget=forms.CheckboxSelectMultiple, required=False
    )
    avoid_units = forms.CharField(
        label=_("Units to avoid"),
        help_text=_("The name of each as it stands in the register, one a line."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def prepare(self) -> None:
        near = [(one.code, one.label) for one in places()]
        offer(self, "near", [("", _("Anywhere")), *near])
        avoid = [(one.code, one.name) for one in accounts.municipalities()]
        offer(self, "avoid_municipalities", avoid)

    def initial_of(self, request: PlacementRequest) -> dict[str, Any]:
        place = place_labelled(request.near_label)
        named = register.named_units(request.avoid_units)
        names = [named[code].name if code in named else code for code in request.avoid_units]
        return {
            "near": place.code if place else "",
            "within_km": request.within_km,
            "avoid_municipalities": request.avoid_municipalities,
            "avoid_units": "\n".join(names),
        }

    def clean_avoid_units(self) -> list[str]:
        wanted = [line.strip() for line in self.cleaned_data["avoid_units"].splitlines()]
        names = list(dict.fromkeys(line for line in wanted if line))
        if len(names) > MOST_UNITS:
            raise forms.ValidationError(_("Name at most twenty units."))
        found = register.codes_by_name(names)
        unknown = [name for name in names if name not in found]
        if unknown:
            raise forms.ValidationError(
                _("The register has no unit named “%(name)s”."), params={"name": unknown[0]}
            )
        return [code for name in names for code in found[name]]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("within_km") and not cleaned.get("near"):
            self.add_error("near", _("Say near what, or choose however far."))
        return cleaned

    def values(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        place = place_of(cleaned["near"])
        return {
            "near_label": place.label if place else "",
            "near_latitude": place.lat if place else None,
            "near_longitude": place.lon if place else None,
            "within_km": cleaned["within_km"],
            "avoid_municipalities": cleaned["avoid_municipalities"],
            "avoid_units": cleaned["avoid_units"],
        }
