from collections.abc import Mapping, Sequence
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from placements.actions import CheckedAs
from placements.domain.sampling import past_months
from placements.models import CheckAnswer, SelfCheckAnswer, SelfCheckQuestion
from spink.foundation import clock
from spink.web import wording
from spink.web.forms import Form, offer

MONTHS_BACK: Final = 12
SIZE_AT_FIRST: Final = 20
LARGEST: Final = 100


class DrawForm(Form):
    function = forms.ChoiceField(label=_("Placement function"))
    month = forms.ChoiceField(label=_("Requests that ended in"))
    size = forms.IntegerField(
        label=_("How many"),
        min_value=1,
        max_value=LARGEST,
        initial=SIZE_AT_FIRST,
        widget=forms.NumberInput(attrs={"class": "shorter"}),
    )

    def __init__(self, functions: Sequence[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "function", functions)
        months = past_months(clock.today(), MONTHS_BACK)
        offer(self, "month", [(f"{one:%Y-%m-01}", wording.month(one)) for one in months])
        if len(functions) == 1:
            field = self.fields["function"]
            field.initial, field.widget = functions[0][0], forms.HiddenInput()


class CheckForm(Form):
    """An answer and a note for every question of the sample, by its position."""

    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def __init__(
        self,
        questions: Sequence[SelfCheckQuestion],
        given: Mapping[int, SelfCheckAnswer],
        *args: Any,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.questions = questions
        for one in questions:
            self.fields |= _fields_of(one, given.get(one.pk))

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        for one in self.questions:
            note = given.get(f"note_{one.position}", "")
            if given.get(f"answer_{one.position}") == CheckAnswer.NO and not note.strip():
                self.add_error(f"note_{one.position}", _("Say what was not as it should be."))
        return given

    @property
    def answers(self) -> dict[int, CheckedAs]:
        said = self.cleaned_data
        return {
            one.pk: CheckedAs(
                CheckAnswer(said[f"answer_{one.position}"]), said[f"note_{one.position}"]
            )
            for one in self.questions
        }

    def seen_now(self, version: int) -> None:
        """What is sent next is sent by somebody who has seen the answers as they stand now."""
        sent: Any = self.data
        sent = sent.copy()
        sent["seen"] = str(version)
        self.data = sent


def _fields_of(
    question: SelfCheckQuestion, given: SelfCheckAnswer | None
) -> dict[str, forms.Field]:
    return {
        f"answer_{question.position}": forms.ChoiceField(
            label=question.name,
            choices=CheckAnswer.choices,
            widget=forms.RadioSelect,
            error_messages={"required": _("Answer every question.")},
            initial=given.answer if given else None,
        ),
        f"note_{question.position}": forms.CharField(
            label=_("Note"),
            required=False,
            max_length=500,
            initial=given.note if given else "",
            widget=forms.Textarea(attrs={"rows": 2}),
        ),
    }


class LockForm(Form):
    note = forms.CharField(
        label=_("Why are the rest not checked?"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say why they are not checked.")},
    )
