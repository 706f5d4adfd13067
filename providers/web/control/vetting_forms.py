"""What is filled in about vettings."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from providers.models import CareUnit, Vetting, VettingSetting
from providers.queries.control.vettings import asks_for_permit, units_of_provider
from spink.accounts import queries as accounts
from spink.accounts.domain.roles import Role
from spink.catalogue import queries as catalogue
from spink.catalogue.models.coded_reason import ReasonKind
from spink.foundation import clock
from spink.web.forms import Form, ModelForm, offer
from spink.web.versions import VersionedForm

SHORT = forms.DateInput(attrs={"class": "short"})
TOO_LATE = _("Give a day that is not after today")
NO_CLIENTS = _("No personal data of clients.")


class BeginForm(Form):
    vets = forms.ChoiceField(
        label=_("Who vets the provider?"),
        choices=(
            ("spink", _("Spink, for direct award")),
            ("ink", _("INK has vetted it for a framework agreement")),
        ),
        widget=forms.RadioSelect,
        initial="spink",
    )
    needs_permit = forms.ChoiceField(
        label=_("Does a service of the provider need IVO's permit?"),
        help_text=_("Then the permit, inspections and the unit director are checked as well."),
        choices=(("yes", _("Yes")), ("no", _("No"))),
        widget=forms.RadioSelect,
        required=False,
    )
    evidence = forms.CharField(
        label=_("Where INK's vetting stands"),
        help_text=_("INK's reference. Needed only where INK has vetted the provider."),
        required=False,
        max_length=200,
    )

    def __init__(self, data: Any, *, provider_id: int) -> None:
        initial = {"needs_permit": "yes" if asks_for_permit(provider_id) else ""}
        super().__init__(data, initial=initial)
        for name in ("needs_permit", "evidence"):
            self.fields[name].needed_later = True  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("vets") == "ink" and not cleaned.get("evidence"):
            self.add_error("evidence", _("Tell where INK's vetting stands"))
        if cleaned.get("vets") == "spink" and not cleaned.get("needs_permit"):
            self.add_error("needs_permit", _("Tell whether a permit is needed"))
        return cleaned


class OwnerForm(VersionedForm):
    to = forms.TypedChoiceField(label=_("Hand over to"), coerce=int)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        holders = accounts.holders_of(Role.QUALITY_CONTROLLER)
        offer(self, "to", [(one.pk, str(one)) for one in holders])


class DecisionForm(VersionedForm):
    kept_text = "text"
    text = forms.CharField(
        label=pgettext_lazy("on a vetting", "Note"),
        help_text=NO_CLIENTS,
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, vetting: Vetting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.vetting = vetting


class AddForm(DecisionForm):
    units = forms.TypedMultipleChoiceField(
        label=_("Units that may be bought by direct award"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
    )
    vetted_from = forms.DateField(label=pgettext_lazy("a unit", "Added from"), widget=SHORT)
    field_order = ("units", "vetted_from", "text")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = units_of_provider(self.vetting.provider_id)
        offer(self, "units", [(unit.pk, _told(unit)) for unit in units])
        self.fields["units"].initial = [unit.pk for unit in units]
        self.fields["vetted_from"].initial = clock.today()


def _told(unit: CareUnit) -> str:
    return f"{unit.name} ({unit.code})"


class ReasonedForm(DecisionForm):
    reasons = forms.MultipleChoiceField(
        label=_("Reasons"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose why")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = catalogue.reasons(ReasonKind.VETTING, clock.today())
        offer(self, "reasons", [(one.code, one.name) for one in found])


class RefuseForm(ReasonedForm):
    field_order = ("reasons", "text")


class CancelForm(DecisionForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].required = True
        self.fields["text"].label = say("Why is it broken off?")


class EndForm(ReasonedForm):
    last_day = forms.DateField(
        label=_("Last day in the register"),
        help_text=_("Yesterday's day takes the units out at once."),
        widget=SHORT,
    )
    field_order = ("last_day", "reasons", "text")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["last_day"].initial = clock.today()

    def clean_last_day(self) -> date:
        day: date = self.cleaned_data["last_day"]
        if day < clock.today() - timedelta(days=1):
            raise forms.ValidationError(_("Give yesterday or a later day"))
        return day


class SettingForm(ModelForm):
    class Meta:
        model = VettingSetting
        fields = ("warned_days",)
        widgets = {"warned_days": forms.NumberInput(attrs={"class": "shorter"})}
