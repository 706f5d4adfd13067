from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm, SetPasswordForm
from django.utils.translation import gettext_lazy as _

from spink.accounts.actions.duty import LONGEST_HOURS, USUAL_HOURS
from spink.web.forms import Form, SpinkFormMixin


class LoginForm(SpinkFormMixin, AuthenticationForm):
    error_messages = {
        "invalid_login": _("The username or the password is wrong. Try again."),
        "inactive": _("The username or the password is wrong. Try again."),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].error_messages["required"] = _("Fill in your username")
        self.fields["password"].error_messages["required"] = _("Fill in your password")


class OwnPasswordForm(SpinkFormMixin, PasswordChangeForm):
    pass


class NewPasswordForm(SpinkFormMixin, SetPasswordForm):  # type: ignore[type-arg]
    pass


class DutyForm(Form):
    reason = forms.CharField(
        label=_("Why you go on duty"),
        help_text=_("It is written in the access log. Write no names of clients."),
        max_length=200,
        error_messages={"required": _("Say why you go on duty.")},
    )
    hours = forms.IntegerField(
        label=_("For how many hours"),
        help_text=_("At most 16. You can end the shift earlier."),
        initial=USUAL_HOURS,
        min_value=1,
        max_value=LONGEST_HOURS,
        widget=forms.NumberInput(attrs={"class": "shorter"}),
        error_messages={
            "min_value": _("A shift lasts from 1 to 16 hours."),
            "max_value": _("A shift lasts from 1 to 16 hours."),
        },
    )
