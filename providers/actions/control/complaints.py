"""What is done with complaints: filed, and then steps of the lifecycle's table, each on record."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from providers.domain.control.complaints import (
    UNTOLD,
    ComplaintState,
    ComplaintStep,
    state_after,
)
from providers.models import CareUnit, Complaint, ComplaintEntry, ComplaintSetting, Provider
from providers.queries.control.complaints import form_of, rules, setting
from spink.accounts.models import Unit
from spink.catalogue import queries as catalogue
from spink.catalogue.domain.ladder import LADDER, ProvisionForm
from spink.catalogue.models import ReasonKind
from spink.foundation import audit, clock, outbox
from spink.foundation.actor import Actor
from spink.foundation.bad_input import BadInput
from spink.foundation.events import Event, EventName

WAITS_FOR_ANSWER = frozenset({ComplaintState.SENT, ComplaintState.WITH_INK})
TELLING = frozenset({ComplaintStep.PASS_BACK, ComplaintStep.CLOSE})


class Outdated(Exception):
    """Somebody else changed the complaint since it was read; `current` is how it stands now."""

    def __init__(self, current: Complaint) -> None:
        super().__init__(f"complaint {current.pk} is at version {current.version}")
        self.current = current


@dataclass(slots=True)
class _Step:
    complaint: Complaint
    entry: dict[str, Any] = field(default_factory=dict)


def file_complaint(
    *,
    key: UUID,
    provider: Provider,
    care_unit: CareUnit | None,
    unit: Unit,
    category: str,
    text: str,
    has_request: bool = False,
    by: Actor,
) -> tuple[Complaint, bool]:
    """Not new where the same form has been sent before. Raises BadInput."""
    _check_code(category, ReasonKind.COMPLAINT_CATEGORY, "category")
    if care_unit is not None and care_unit.provider_id != provider.pk:
        raise BadInput("is no unit of the provider", field="care_unit")
    buyer = unit.department.municipality_id
    with transaction.atomic():
        complaint, is_new = Complaint.objects.get_or_create(
            key=key,
            defaults={
                "provider": provider,
                "care_unit": care_unit,
                "provision_form": form_of(provider, care_unit, buyer=buyer, day=clock.today()),
                "category": category,
                "text": text,
                "has_request": has_request,
                "unit": unit,
                "filed_by_id": by.user_id,
                "filed_at": clock.now(),
            },
        )
        if is_new:
            _audit("file_complaint", complaint, by, {"form": complaint.provision_form})
    return complaint, is_new


def assign_complaint(
    *, complaint_id: int, to_id: int, by: Actor, version: int | None = None
) -> Complaint:
    """Give it to somebody, or take it. Raises StepNotAllowed, Outdated."""
    with _taking(ComplaintStep.ASSIGN, complaint_id, by, version) as step:
        step.complaint.owner_id = to_id
        step.entry["to_id"] = to_id
    return step.complaint


def correct_form(
    *, complaint_id: int, form: str, by: Actor, version: int | None = None
) -> Complaint:
    """Say what the provider is to the municipality. Raises StepNotAllowed, Outdated, BadInput."""
    if form not in set(LADDER):
        raise BadInput("is no rung", field="form")
    with _taking(ComplaintStep.CORRECT_FORM, complaint_id, by, version) as step:
        step.complaint.provision_form = form
        step.entry["code"] = form
    return step.complaint


def send_to_provider(
    *, complaint_id: int, text: str, by: Actor, version: int | None = None
) -> Complaint:
    """It has been sent, and the provider is to answer. Raises StepNotAllowed, Outdated."""
    return _asked(ComplaintStep.SEND, complaint_id, text, by, version)


def hand_to_ink(
    *, complaint_id: int, text: str, by: Actor, version: int | None = None
) -> Complaint:
    """The procurement authority takes it from here. Raises StepNotAllowed, Outdated."""
    return _asked(ComplaintStep.HAND_TO_INK, complaint_id, text, by, version)


def take_back_complaint(*, complaint_id: int, by: Actor, version: int | None = None) -> Complaint:
    """It had not been sent or passed on. Raises StepNotAllowed, Outdated."""
    with _taking(ComplaintStep.TAKE_BACK, complaint_id, by, version) as step:
        pass
    return step.complaint


def _asked(
    kind: ComplaintStep, complaint_id: int, text: str, by: Actor, version: int | None
) -> Complaint:
    with _taking(kind, complaint_id, by, version) as step:
        step.complaint.answer_due = clock.today() + timedelta(days=rules().answer_days)
        step.entry["text"] = text
    return step.complaint


def record_answer(
    *,
    complaint_id: int,
    text: str,
    procurement_outcome: str = "",
    by: Actor,
    version: int | None = None,
) -> Complaint:
    """What the provider or the procurement authority has answered; the latter with its outcome.

    Raises StepNotAllowed, Outdated, BadInput.
    """
    with _taking(ComplaintStep.RECORD_ANSWER, complaint_id, by, version) as step:
        if step.complaint.provision_form == ProvisionForm.FRAMEWORK:
            _check_code(procurement_outcome, ReasonKind.PROCUREMENT_OUTCOME, "procurement_outcome")
            step.complaint.procurement_outcome = procurement_outcome
            step.entry["code"] = procurement_outcome
        step.entry["text"] = text
    return step.complaint


def pass_back(*, complaint_id: int, text: str, by: Actor, version: int | None = None) -> Complaint:
    """Whoever filed it gets the answer. Raises StepNotAllowed, Outdated."""
    with _taking(ComplaintStep.PASS_BACK, complaint_id, by, version) as step:
        step.entry["text"] = text
    return step.complaint


def close_complaint(
    *, complaint_id: int, outcome: str, text: str, by: Actor, version: int | None = None
) -> Complaint:
    """Raises StepNotAllowed, Outdated, BadInput for an outcome that is not in the catalogue."""
    _check_code(outcome, ReasonKind.COMPLAINT_OUTCOME, "outcome")
    with _taking(ComplaintStep.CLOSE, complaint_id, by, version) as step:
        step.complaint.outcome = outcome
        step.complaint.closed_at = clock.now()
        step.entry |= {"code": outcome, "text": text}
    return step.complaint


def reopen_complaint(*, complaint_id: int, by: Actor, version: int | None = None) -> Complaint:
    """Raises StepNotAllowed, Outdated."""
    with _taking(ComplaintStep.REOPEN, complaint_id, by, version) as step:
        step.complaint.outcome, step.complaint.closed_at = "", None
        step.complaint.procurement_outcome = ""
    return step.complaint


def mark_looked_at(complaint: Complaint, *, by: Actor) -> None:
    """Whoever filed it has seen what was told."""
    if complaint.news_at is not None and complaint.filed_by_id == by.user_id:
        Complaint.objects.filter(pk=complaint.pk).update(news_at=None)


def change_complaint_setting(*, by: Actor, **values: int) -> ComplaintSetting:
    """The rules from now on: what has been asked keeps its day."""
    with transaction.atomic():
        changed = setting()
        for name, value in values.items():
            setattr(changed, name, value)
        changed.save()
        audit.record(
            action="change_complaint_setting",
            by=by,
            subject="complaint_setting",
            subject_id="1",
            details={name: str(value) for name, value in values.items()},
        )
    return changed


@contextmanager
def _taking(
    kind: ComplaintStep, complaint_id: int, by: Actor, version: int | None
) -> Iterator[_Step]:
    with transaction.atomic():
        complaint = Complaint.objects.select_for_update().get(pk=complaint_id)
        if version is not None and complaint.version != version:
            raise Outdated(complaint)
        before = ComplaintState(complaint.state)
        after = state_after(kind, before, ProvisionForm(complaint.provision_form))
        complaint.state = after
        if after not in WAITS_FOR_ANSWER:
            complaint.answer_due = None
        if kind is not ComplaintStep.ASSIGN:
            complaint.owner_id = complaint.owner_id or by.user_id
        taken = _Step(complaint)
        yield taken
        _keep(taken, kind, before, by)


def _keep(taken: _Step, kind: ComplaintStep, before: ComplaintState, by: Actor) -> None:
    complaint = taken.complaint
    complaint.version += 1
    if kind in TELLING:
        complaint.news_at = clock.now()
        payload = {"complaint_id": complaint.pk, "by_user_id": by.user_id}
        outbox.publish(Event(EventName.COMPLAINT_TOLD, {**payload}))
    complaint.save()
    ComplaintEntry.objects.create(
        complaint=complaint,
        at=clock.now(),
        by_id=by.user_id,
        step=kind,
        is_internal=kind in UNTOLD,
        **taken.entry,
    )
    details = {"from": before.value, "to": complaint.state}
    _audit(f"{kind.value}_complaint", complaint, by, details)


def _check_code(code: str, kind: ReasonKind, name: str) -> None:
    if code not in {one.code for one in catalogue.reasons(kind, clock.today())}:
        raise BadInput("is not in the catalogue", field=name)


def _audit(action: str, complaint: Complaint, by: Actor, details: dict[str, str]) -> None:
    audit.record(
        action=action, by=by, subject="complaint", subject_id=str(complaint.pk), details=details
    )
