from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from placements.web.shared.versions import VersionedForm
from spink.catalogue import queries as catalogue
from spink.catalogue.models import ReasonKind
from spink.foundation import clock
from spink.web.forms import offer


class AnswerForm(VersionedForm):
    kept_text = "answer"
    answer = forms.CharField(
        label=_("Your answer"), max_length=8000, widget=forms.Textarea(attrs={"rows": 6})
    )


class WithdrawForm(VersionedForm):
    kept_text = "text"
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
