"""What vettings and reviews share: both carry checks, and both are gone through step by step.

A step locks the row, is allowed by the table of its lifecycle, and is saved and on record.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, Generic, TypeVar

from django.db import models, transaction

from providers.domain.control.checks import Check, CheckResult
from providers.domain.control.documents import MOST, TooManyDocuments
from providers.models import CheckDocument, ProviderCheck, Review, Vetting
from spink.catalogue import queries as catalogue
from spink.catalogue.models.coded_reason import ReasonKind
from spink.foundation import audit, clock, outbox
from spink.foundation.actor import Actor
from spink.foundation.bad_input import BadInput
from spink.foundation.events import Event, EventName
from spink.foundation.files import vault
from spink.foundation.files.states import Document, FileState

R = TypeVar("R", Vetting, Review)


class Outdated(Exception):
    """Somebody else changed the row since it was read; `current` is how it stands now."""

    def __init__(self, current: Vetting | Review) -> None:
        super().__init__(f"{current} is at version {current.version}")
        self.current = current


@dataclass(frozen=True, slots=True)
class Carrier(Generic[R]):
    """A vetting or a review: its rows, the steps on record, and where a step leads."""

    name: str
    rows: type[R]
    entries: type[models.Model]
    after: Callable[[Any, Any], str]


@dataclass(slots=True)
class Step(Generic[R]):
    row: R
    entry: dict[str, Any] = field(default_factory=dict)


@contextmanager
def taking(
    carrier: Carrier[R], step: StrEnum, pk: int, by: Actor, version: int | None
) -> Iterator[Step[R]]:
    """Raises Outdated, and what the table raises where the step is not allowed."""
    with transaction.atomic():
        row = carrier.rows._default_manager.select_for_update().get(pk=pk)
        if version is not None and row.version != version:
            raise Outdated(row)
        before = row.state
        row.state = carrier.after(step, before)
        taken = Step(row)
        yield taken
        row.version += 1
        row.save()
        carrier.entries._default_manager.create(
            **{carrier.name: row}, at=clock.now(), by_id=by.user_id, step=step, **taken.entry
        )
        on_record(
            carrier, f"{step.value}_{carrier.name}", row, by, {"from": before, "to": row.state}
        )


def on_record(
    carrier: Carrier[R], action: str, row: R, by: Actor, details: Mapping[str, str | int | None]
) -> None:
    audit.record(
        action=action,
        by=by,
        subject=carrier.name,
        subject_id=str(row.pk),
        reference=row.reference,
        details=dict(details),
    )


def known_reasons(codes: Collection[str], kind: ReasonKind) -> list[str]:
    """Raises BadInput for none at all, and for one that is no reason today."""
    known = {one.code for one in catalogue.reasons(kind, clock.today())}
    if not codes or not known.issuperset(codes):
        raise BadInput("are no reasons", field="reasons")
    return sorted(set(codes))


@dataclass(frozen=True, slots=True)
class Answer:
    """What a check gave: where it was looked up, what can be shown for it, and how long it holds.

    What can be shown is a reference, a document or both. Of what courts have said the answer holds
    the result alone, never an offence: that stands in the document.
    """

    result: CheckResult
    source: str
    evidence: str
    made_on: date
    holds_until: date
    note: str = ""
    document: Document | None = None


def keep_check(
    step: Step[Any], carrier: Carrier[Any], check: Check, answer: Answer, by: Actor
) -> None:
    """Beside those that were made before. Raises BadInput."""
    _check_answer(answer)
    if check not in step.row.checks:
        raise BadInput("is not asked for", field="check")
    part_of = {carrier.name: step.row}
    earlier = ProviderCheck.objects.filter(check_code=check, is_latest=True, **part_of)
    earlier.update(is_latest=False)
    made = ProviderCheck.objects.create(
        **part_of,
        check_code=check,
        result=answer.result,
        source=answer.source,
        evidence=answer.evidence,
        by_document=answer.document is not None,
        note=answer.note,
        made_on=answer.made_on,
        holds_until=answer.holds_until,
        at=clock.now(),
        by_id=by.user_id,
    )
    if answer.document:
        keep_document(made, answer.document, by)
    step.entry |= {"check_code": check, "day": answer.holds_until, "text": answer.note}


def _check_answer(answer: Answer) -> None:
    if answer.made_on > clock.today():
        raise BadInput("is later than today", field="made_on")
    if answer.holds_until < answer.made_on:
        raise BadInput("ends before it begins", field="holds_until")
    if not (answer.evidence or answer.document):
        raise BadInput("rests on nothing", field="evidence")


def keep_document(made: ProviderCheck, document: Document, by: Actor) -> CheckDocument:
    """It is given out once it has been checked. The row that the check is a part of is locked by
    the caller. Raises TooManyDocuments."""
    standing = made.documents.filter(removed_at=None).exclude(state=FileState.REFUSED)
    if standing.count() >= MOST:
        raise TooManyDocuments
    kept = CheckDocument.objects.create(
        provider_check=made,
        name=document.name,
        ending=document.kind.ending,
        size=len(document.data),
        stored_as=vault.keep(document.data),
        added_at=clock.now(),
        added_by_id=by.user_id,
    )
    outbox.publish(Event(EventName.CHECK_DOCUMENT_ADDED, {"document_id": str(kept.pk)}))
    return kept
