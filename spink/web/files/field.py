"""The field in which a document is handed in."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.functional import lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from spink.foundation.files.kinds import Kind, kind_of
from spink.foundation.files.names import clean_name
from spink.foundation.files.states import Document

TAKEN = ", ".join(f".{kind.ending}" for kind in Kind) + ", .jpeg"


def _largest() -> str:
    return f"{settings.ATTACHMENT_MAX_BYTES // (1024 * 1024)} MB"


def _help() -> str:
    said = {"size": _largest()}
    return _("PDF, Word (.docx), OpenDocument (.odt), JPEG, PNG or text, at most %(size)s.") % said


class DocumentField(forms.FileField):
    """Its value is a Document, or None where it is not required and nothing was chosen."""

    widget = forms.FileInput

    def __init__(self, **given: Any) -> None:
        super().__init__(
            max_length=None,
            widget=forms.FileInput(attrs={"accept": TAKEN}),
            help_text=lazy(_help, str)(),
            error_messages={
                "required": gettext_lazy("Choose the document that you want to add"),
                "empty": gettext_lazy("The file is empty. Choose another one"),
            },
            **given,
        )

    def clean(self, data: Any, initial: Any = None) -> Document | None:
        given: UploadedFile[Any] | None = super().clean(data, initial)
        if not given:
            return None
        if (given.size or 0) > settings.ATTACHMENT_MAX_BYTES:
            raise forms.ValidationError(
                _("The file is larger than %(size)s. Make it smaller, or divide it"),
                params={"size": _largest()},
            )
        content = given.read()
        kind = kind_of(content)
        if kind is None:
            raise forms.ValidationError(
                _("This kind of file is not taken. Save it as PDF, .docx, .odt, .jpg, .png or .txt")
            )
        name = clean_name(given.name or "", ending=kind.ending)
        return Document(name.text, kind, content, name.held_a_number)
