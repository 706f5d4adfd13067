from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from spink.catalogue import queries as catalogue
from spink.catalogue.models import ReasonKind
from spink.foundation import clock
from spink.web.forms import Form, offer


class VersionedForm(Form):
    """`version` is the request's when the page was made: a change in between is noticed."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def take_version(self, version: int) -> None:
        """Show the form again for the request as it stands now, with all that was typed."""
        data = cast(QueryDict, self.data).copy()
        data["version"] = str(version)
        self.data = data


class AnswerForm(VersionedForm):
    answer = forms.CharField(
        label=_("Your answer"), max_length=8000, widget=forms.Textarea(attrs={"rows": 6})
    )


class WithdrawForm(VersionedForm):
    reason = forms.ChoiceField(label=_("Why is it withdrawn?"), widget=forms.RadioSelect)
    text = forms.CharField(
        label=_("Comment"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "reason", reason_choices(ReasonKind.WITHDRAWN))


def reason_choices(kind: ReasonKind) -> list[tuple[str, str]]:
    return [(reason.code, reason.name) for reason in catalogue.reasons(kind, clock.today())]
