"""Handing in a document, and taking it back."""

from django import forms
from django.utils.translation import gettext_lazy

from spink.web.files.field import DocumentField
from spink.web.forms import Form


class AttachmentForm(Form):
    document = DocumentField(label=gettext_lazy("Document"))


class TakeBackForm(Form):
    reason = forms.CharField(
        label=gettext_lazy("Why is the document withdrawn?"),
        help_text=gettext_lazy("Both sides read it. Name nobody here."),
        max_length=300,
        widget=forms.TextInput(),
        error_messages={"required": gettext_lazy("Say why the document is withdrawn")},
    )
