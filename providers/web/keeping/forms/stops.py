"""Stops, and the register's own settings."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from providers.models import RegisterSetting, Stop
from providers.web.keeping.forms.base import Keeping, KeepingForm
from spink.catalogue import queries as catalogue
from spink.foundation import clock
from spink.web.forms import Form


class StopForm(KeepingForm):
    part = "stop"

    class Meta:
        model = Stop
        fields = ("kind", "reason_code", "valid_from", "valid_to")
        help_texts = {
            "valid_from": _("Empty: from today."),
            "valid_to": _("Empty: until it is lifted."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reasons = catalogue.reasons("stop", clock.today())
        self.fields["reason_code"] = forms.ChoiceField(
            label=_("reason"), choices=[("", "–"), *((one.code, one.name) for one in reasons)]
        )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        first = cleaned.get("valid_from") or clock.today()
        if cleaned.get("valid_to") and cleaned["valid_to"] < first:
            self.add_error("valid_to", _("It ends before it begins."))
        return cleaned


class LiftForm(Keeping, Form):
    def __init__(self, data: Any, *, stop: Stop) -> None:
        super().__init__(data)
        self.carry(stop)

    def values(self) -> dict[str, Any]:
        return {"ended_at": True}


class SettingForm(KeepingForm):
    part = "setting"
    plannable = True

    class Meta:
        model = RegisterSetting
        fields = ("places_horizon_days",)
        help_texts = {
            "places_horizon_days": _(
                "A full unit is still a choice for a start later than so many days from now. "
                "Empty: never."
            )
        }
