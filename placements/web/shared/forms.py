from django import forms
from django.utils.translation import gettext_lazy as _

from spink.web.forms import Form


class MessageForm(Form):
    text = forms.CharField(
        label=_("Write a message"),
        max_length=8000,
        error_messages={"required": _("Write the message before you send it")},
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    internal = forms.BooleanField(
        label=_("Internal note: not shown to the other side"), required=False
    )
