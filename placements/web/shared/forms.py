from django import forms
from django.utils.translation import gettext_lazy as _

from spink.web.forms import Form


class MessageForm(Form):
    text = forms.CharField(
        label=_("Write a message"),
        help_text=_("The other side reads it and is told."),
        max_length=8000,
        error_messages={"required": _("Write the message before you send it")},
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class NoteForm(Form):
    """Stands in a place of its own, so that nothing internal is sent to the other side."""

    text = forms.CharField(
        label=_("Write an internal note"),
        max_length=8000,
        error_messages={"required": _("Write the note before you save it")},
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    internal = forms.BooleanField(widget=forms.HiddenInput, initial=True)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, auto_id="note_%s", **kwargs)
