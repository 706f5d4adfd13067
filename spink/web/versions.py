from typing import cast

from django import forms
from django.http import QueryDict

from spink.web.forms import Form


class VersionedForm(Form):
    """Carries the version that its page was made from, so that a later change is noticed."""

    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    kept_text: str = ""
    """The field whose text is shown again where the form cannot be sent any more."""

    @property
    def seen(self) -> int | None:
        version: int | None = getattr(self, "cleaned_data", {}).get("version")
        return version

    @property
    def typed(self) -> str:
        text: str = self.data.get(self.kept_text, "")
        return text

    def renew(self, version: int) -> None:
        """What was typed, from now on against this version."""
        self.put("version", str(version))

    def put(self, name: str, value: str) -> None:
        """Another value in the place of what was typed."""
        data = cast(QueryDict, self.data).copy()
        data[self.add_prefix(name)] = value
        self.data = data
