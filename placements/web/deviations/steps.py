"""The steps that a deviation's page offers: the form of each, and the action that it leads to."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from placements import actions
from placements.domain.deviations import DeviationState, DeviationStep, deviation_steps_from
from placements.models import ProcessDeviation
from placements.web.deviations import forms
from spink.web.navigation import Text
from spink.web.versions import VersionedForm


@dataclass(frozen=True, slots=True)
class Taken:
    title: Text
    button: Text
    done: Text
    form: Callable[..., VersionedForm]
    act: Callable[..., ProcessDeviation]
    names: Mapping[str, str]
    """Which of the form's answers the action takes, and by what name."""

    def given(self, answers: Mapping[str, Any]) -> dict[str, Any]:
        return {name: answers[field] for name, field in self.names.items()}


TAKEN: dict[DeviationStep, Taken] = {
    DeviationStep.TAKE: Taken(
        _("Look into it"),
        _("Take the deviation"),
        _("The deviation is yours."),
        forms.StepForm,
        actions.take_deviation,
        {},
    ),
    DeviationStep.CLOSE: Taken(
        _("Answer and close"),
        _("Send the answer"),
        _("The deviation is closed, and whoever filed it is told by mail."),
        forms.CloseForm,
        actions.close_deviation,
        {"outcome": "outcome", "text": "text"},
    ),
    DeviationStep.NOTE: Taken(
        _("Note what you have found out"),
        _("Save the note"),
        _("The note is saved. Whoever filed the deviation does not see it."),
        forms.NoteForm,
        actions.note_on_deviation,
        {"text": "text"},
    ),
    DeviationStep.CORRECT: Taken(
        _("Correct what it is about"),
        pgettext_lazy("deviation", "Correct"),
        _("What the deviation is about is corrected."),
        forms.CorrectionForm,
        actions.correct_deviation,
        {"category": "category", "team_id": "team"},
    ),
    DeviationStep.HAND_OVER: Taken(
        _("Hand over"),
        _("Hand over"),
        _("The deviation has a new owner."),
        forms.OwnerForm,
        actions.hand_over_deviation,
        {"to_id": "to"},
    ),
    DeviationStep.REOPEN: Taken(
        _("Closed too early?"),
        _("Open the deviation again"),
        _("The deviation is open again."),
        forms.StepForm,
        actions.reopen_deviation,
        {},
    ),
}
"""In the order in which the page offers them: the next one first."""


@dataclass(frozen=True, slots=True)
class ShownStep:
    name: str
    title: Text
    button: Text
    form: VersionedForm
    is_next: bool
    """What comes next lies open; the rest is folded."""


def shown_steps(
    deviation: ProcessDeviation, sent: tuple[DeviationStep, VersionedForm] | None
) -> list[ShownStep]:
    allowed = set(deviation_steps_from(DeviationState(deviation.state)))
    offered = [step for step in TAKEN if step in allowed]
    return [
        ShownStep(
            step.value,
            TAKEN[step].title,
            TAKEN[step].button,
            sent[1] if sent and sent[0] is step else _blank(step, deviation),
            is_next=position == 0 or bool(sent and sent[0] is step),
        )
        for position, step in enumerate(offered)
    ]


def _blank(step: DeviationStep, deviation: ProcessDeviation) -> VersionedForm:
    return TAKEN[step].form(
        deviation=deviation,
        initial={"version": deviation.version},
        auto_id=f"{step.value}_%s",
    )
