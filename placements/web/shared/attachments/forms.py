"""Handing in a document, and taking it back."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from placements.actions import Document
from spink.foundation.files.kinds import Kind, kind_of
from spink.foundation.files.names import CleanName, clean_name
from spink.web.forms import Form

TAKEN = ", ".join(f".{kind.ending}" for kind in Kind) + ", .jpeg"


def _largest() -> str:
    return f"{settings.ATTACHMENT_MAX_BYTES // (1024 * 1024)} MB"


class AttachmentForm(Form):
    document = forms.FileField(
        label=gettext_lazy("Document"),
        max_length=None,
        widget=forms.FileInput(attrs={"accept": TAKEN}),
        error_messages={
            "required": gettext_lazy("Choose the document that you want to add"),
            "empty": gettext_lazy("The file is empty. Choose another one"),
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.name: CleanName | None = None
        self.fields["document"].help_text = _(
            "PDF, Word (.docx), OpenDocument (.odt), JPEG, PNG or text, at most %(size)s."
        ) % {"size": _largest()}

    def clean_document(self) -> Document:
        given: UploadedFile[Any] = self.cleaned_data["document"]
        if (given.size or 0) > settings.ATTACHMENT_MAX_BYTES:
            raise forms.ValidationError(
                _("The file is larger than %(size)s. Make it smaller, or divide it"),
                params={"size": _largest()},
            )
        data = given.read()
        kind = kind_of(data)
        if kind is None:
            raise forms.ValidationError(
                _("This kind of file is not taken. Save it as PDF, .docx, .odt, .jpg, .png or .txt")
            )
        self.name = clean_name(given.name or "", ending=kind.ending)
        return Document(self.name.text, kind, data)


class TakeBackForm(Form):
    reason = forms.CharField(
        label=gettext_lazy("Why is the document withdrawn?"),
        help_text=gettext_lazy("Both sides read it. Name nobody here."),
        max_length=300,
        widget=forms.TextInput(),
        error_messages={"required": gettext_lazy("Say why the document is withdrawn")},
    )
