from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from spink.catalogue import queries as catalogue
from spink.catalogue.models import ReasonKind
from spink.foundation import clock
from spink.web.forms import offer
from spink.web.versions import VersionedForm


class AnswerForm(VersionedForm):
    kept_text = "answer"
    answer = forms.CharField(
        label=_("Your answer"), max_length=8000, widget=forms.Textarea(attrs={"rows": 6})
    )


class DeclineForm(VersionedForm):
    kept_text = "reason"
    reason = forms.CharField(
        label=_("Why do you decline?"),
        help_text=_("The officer reads it, and goes on with the service that you asked for."),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Write why you decline the proposal")},
    )
    whole_household = forms.BooleanField(
        label=_("Answer the same for the whole household"), required=False, initial=True
    )

    def __init__(self, *args: Any, has_household: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not has_household:
            del self.fields["whole_household"]


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
