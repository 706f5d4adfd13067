"""The steps that a complaint's page offers: the form of each, and the action that it leads to."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from providers.actions.control import complaints as actions
from providers.domain.control.complaints import ComplaintState, ComplaintStep, steps_from
from providers.models import Complaint, ComplaintEntry
from providers.web.control.complaints import forms
from spink.catalogue.domain.ladder import ProvisionForm
from spink.web.navigation import Text
from spink.web.versions import VersionedForm


@dataclass(frozen=True, slots=True)
class Taken:
    title: Text
    button: Text
    done: Text
    form: Callable[..., VersionedForm]
    act: Callable[..., Complaint]
    names: Mapping[str, str]
    """Which of the form's answers the action takes, and by what name."""

    def given(self, answers: Mapping[str, Any]) -> dict[str, Any]:
        return {name: answers[field] for name, field in self.names.items() if field in answers}


TAKEN: dict[ComplaintStep, Taken] = {
    ComplaintStep.SEND: Taken(
        _("Send to the provider"),
        _("It is sent"),
        _("The complaint waits for the provider's answer."),
        forms.SendForm,
        actions.send_to_provider,
        {"text": "text"},
    ),
    ComplaintStep.HAND_TO_INK: Taken(
        _("Pass on to INK"),
        _("It is passed on"),
        _("The complaint is with INK, which follows up framework providers."),
        forms.InkForm,
        actions.hand_to_ink,
        {"text": "text"},
    ),
    ComplaintStep.RECORD_ANSWER: Taken(
        _("Write down the answer"),
        _("Save the answer"),
        _("The answer is saved. Whoever filed the complaint does not see it yet."),
        forms.AnswerForm,
        actions.record_answer,
        {"text": "text", "procurement_outcome": "outcome"},
    ),
    ComplaintStep.PASS_BACK: Taken(
        _("Pass the answer on"),
        _("Pass it on"),
        _("The answer is passed on, and whoever filed the complaint is told by mail."),
        forms.PassBackForm,
        actions.pass_back,
        {"text": "text"},
    ),
    ComplaintStep.CLOSE: Taken(
        _("Close the complaint"),
        pgettext_lazy("a complaint", "Close"),
        _("The complaint is closed, and whoever filed it is told by mail."),
        forms.CloseForm,
        actions.close_complaint,
        {"outcome": "outcome", "text": "text"},
    ),
    ComplaintStep.CORRECT_FORM: Taken(
        _("Correct the provision form"),
        pgettext_lazy("provision form", "Correct"),
        _("The provision form is corrected."),
        forms.RungForm,
        actions.correct_form,
        {"form": "form"},
    ),
    ComplaintStep.ASSIGN: Taken(
        _("Hand over"),
        _("Hand over"),
        _("The complaint has a new owner."),
        forms.OwnerForm,
        actions.assign_complaint,
        {"to_id": "to"},
    ),
    ComplaintStep.TAKE_BACK: Taken(
        _("Marked by mistake?"),
        _("Take it back"),
        _("The complaint is received again, and waits for no answer."),
        forms.ButtonForm,
        actions.take_back_complaint,
        {},
    ),
    ComplaintStep.REOPEN: Taken(
        _("Closed by mistake?"),
        _("Open the complaint again"),
        _("The complaint is open again."),
        forms.ButtonForm,
        actions.reopen_complaint,
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
    complaint: Complaint,
    history: Sequence[ComplaintEntry],
    sent: tuple[ComplaintStep, VersionedForm] | None,
) -> list[ShownStep]:
    allowed = set(
        steps_from(ComplaintState(complaint.state), ProvisionForm(complaint.provision_form))
    )
    offered = [step for step in TAKEN if step in allowed]
    return [
        ShownStep(
            step.value,
            TAKEN[step].title,
            TAKEN[step].button,
            sent[1] if sent and sent[0] is step else _blank(step, complaint, history),
            is_next=position == 0 or bool(sent and sent[0] is step),
        )
        for position, step in enumerate(offered)
    ]


def _blank(
    step: ComplaintStep, complaint: Complaint, history: Sequence[ComplaintEntry]
) -> VersionedForm:
    initial: dict[str, Any] = {"version": complaint.version}
    if step is ComplaintStep.PASS_BACK:
        answers = (one.text for one in history if one.step == ComplaintStep.RECORD_ANSWER)
        initial["text"] = next(answers, "")
    return TAKEN[step].form(complaint=complaint, initial=initial, auto_id=f"{step.value}_%s")
