"""The register's own settings."""

from django.utils.translation import gettext_lazy as _

from providers.models import RegisterSetting
from providers.web.keeping.forms.base import KeepingForm


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
