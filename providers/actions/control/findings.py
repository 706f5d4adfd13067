"""What people do with findings: steps of the lifecycle's table, each on record."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from typing import Any

from django.db import IntegrityError, transaction

from providers.domain.control.facts import Fact, Severity
from providers.domain.control.lifecycle import FindingState, FindingStep, state_after
from providers.models import Finding, FindingEntry
from spink.catalogue import queries as catalogue
from spink.catalogue.models.coded_reason import ReasonKind
from spink.foundation import audit, clock, outbox
from spink.foundation.actor import Actor
from spink.foundation.bad_input import BadInput
from spink.foundation.events import Event, EventName


class Outdated(Exception):
    """Somebody else changed the finding since it was read; `current` is how it stands now."""

    def __init__(self, current: Finding) -> None:
        super().__init__(f"finding {current.pk} is at version {current.version}")
        self.current = current


class IsOpenAlready(Exception):
    """The same thing has been found again meanwhile, and is open."""


@dataclass(slots=True)
class _Step:
    finding: Finding
    entry: dict[str, Any] = field(default_factory=dict)


def assign_finding(
    *, finding_id: int, to_id: int, by: Actor, version: int | None = None
) -> Finding:
    """Give it to somebody, or take it. Raises StepNotAllowed, Outdated."""
    with _taking(FindingStep.ASSIGN, finding_id, by, version) as step:
        step.finding.owner_id = to_id
        step.entry["to_id"] = to_id
    return step.finding


def watch_finding(
    *, finding_id: int, until: date, text: str, by: Actor, version: int | None = None
) -> Finding:
    """Put it aside until a day. Raises StepNotAllowed, Outdated, BadInput."""
    if until <= clock.today():
        raise BadInput("is no later day", field="until")
    with _taking(FindingStep.WATCH, finding_id, by, version) as step:
        step.finding.watched_until = until
        step.entry |= {"until": until, "text": text}
    return step.finding


def dismiss_finding(
    *, finding_id: int, reason_code: str, text: str, by: Actor, version: int | None = None
) -> Finding:
    """Raises StepNotAllowed, Outdated, BadInput for a reason that is not in the catalogue."""
    known = {one.code for one in catalogue.reasons(ReasonKind.FINDING_DISMISSED, clock.today())}
    if reason_code not in known:
        raise BadInput("is no reason", field="reason_code")
    with _taking(FindingStep.DISMISS, finding_id, by, version) as step:
        step.finding.reason_code = reason_code
        step.entry |= {"reason_code": reason_code, "text": text}
    return step.finding


def send_to_review(*, finding_id: int, text: str, by: Actor, version: int | None = None) -> Finding:
    """Whoever makes in-depth reviews is told by the event. Raises StepNotAllowed, Outdated."""
    with _taking(FindingStep.REVIEW, finding_id, by, version) as step:
        step.entry["text"] = text
        payload = {"finding_id": finding_id, "by_user_id": by.user_id}
        outbox.publish(Event(EventName.FINDING_UP_FOR_REVIEW, {**payload}))
    return step.finding


def reopen_finding(*, finding_id: int, by: Actor, version: int | None = None) -> Finding:
    """Raises StepNotAllowed, Outdated, IsOpenAlready."""
    try:
        with transaction.atomic(), _taking(FindingStep.REOPEN, finding_id, by, version) as step:
            pass
    except IntegrityError:
        raise IsOpenAlready from None
    return step.finding


def note_finding(
    *, provider_id: int, severity: Severity, title: str, link: str, day: date | None, by: Actor
) -> tuple[Finding, bool]:
    """What somebody has learned otherwise. Not new where the same has been noted before."""
    with transaction.atomic():
        finding, is_new = Finding.objects.get_or_create(
            fingerprint=_of_a_note(provider_id, title),
            defaults={
                "provider_id": provider_id,
                "noted_by_id": by.user_id,
                "owner_id": by.user_id,
                "fact": Fact.NOTED,
                "severity": severity,
                "title": title,
                "link": link,
                "day": day,
                "found_at": clock.now(),
            },
        )
        if is_new:
            _audit("note_finding", finding, by, {"severity": severity})
    return finding, is_new


def _of_a_note(provider_id: int, title: str) -> str:
    said = " ".join(title.casefold().split())
    return sha256(f"{provider_id} {Fact.NOTED} {said}".encode()).hexdigest()


@contextmanager
def _taking(step: FindingStep, finding_id: int, by: Actor, version: int | None) -> Iterator[_Step]:
    with transaction.atomic():
        finding = Finding.objects.select_for_update().get(pk=finding_id)
        if version is not None and finding.version != version:
            raise Outdated(finding)
        before = FindingState(finding.state)
        finding.state = state_after(step, before)
        if step is not FindingStep.ASSIGN:
            finding.watched_until, finding.reason_code = None, ""
            finding.owner_id = finding.owner_id or by.user_id
        taken = _Step(finding)
        yield taken
        finding.version += 1
        finding.save()
        FindingEntry.objects.create(
            finding=finding, at=clock.now(), by_id=by.user_id, step=step, **taken.entry
        )
        details = {"from": before.value, "to": finding.state}
        _audit(f"{step.value}_finding", finding, by, details)


def _audit(action: str, finding: Finding, by: Actor, details: dict[str, str]) -> None:
    audit.record(
        action=action, by=by, subject="finding", subject_id=str(finding.pk), details=details
    )
