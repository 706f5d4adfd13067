"""What people do with an in-depth review: steps of the lifecycle's table, each on record.

A decision changes nothing in the register: the stop that follows on it is previewed and set where
stops are set, so that it is seen what it touches before it holds.
"""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction

from providers.actions.control.checking import Answer, check_answer, keep_check
from providers.domain.control.checks import Check
from providers.domain.control.lifecycle import FindingState
from providers.domain.control.review import (
    DECISIONS,
    Decision,
    ReviewKind,
    ReviewState,
    ReviewStep,
    ReviewStepNotAllowed,
    review_after,
)
from providers.models import (
    Finding,
    IncidentVisit,
    OffenceRecord,
    Review,
    ReviewEntry,
    ReviewStop,
    Stop,
)
from providers.models.control.choices import VisitForm
from providers.queries.control.reviews import is_directly_procured, stops_to_name
from spink.catalogue import queries as catalogue
from spink.catalogue.models.coded_reason import ReasonKind
from spink.foundation import audit, clock
from spink.foundation.actor import Actor
from spink.foundation.bad_input import BadInput


class Outdated(Exception):
    """Somebody else changed the review since it was read; `current` is how it stands now."""

    def __init__(self, current: Review) -> None:
        super().__init__(f"review {current.pk} is at version {current.version}")
        self.current = current


class IsReviewedAlready(Exception):
    """One of the same kind is under way, or the finding has led to one."""


class NotDirectlyProcured(Exception):
    """Spink reviews those that are bought from by direct award; INK follows up the others."""


@dataclass(slots=True)
class _Step:
    review: Review
    entry: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Opening:
    """Why a review is opened. With INK's reference it is a visit that INK has asked for."""

    reason: str
    checks: Collection[Check] = ()
    finding_id: int | None = None
    inks_reference: str = ""

    @property
    def kind(self) -> ReviewKind:
        return ReviewKind.FOR_INK if self.inks_reference else ReviewKind.IN_DEPTH


def open_review(*, provider_id: int, opening: Opening, by: Actor) -> Review:
    """Raises NotDirectlyProcured, IsReviewedAlready, BadInput for a finding that is not up for
    it."""
    if opening.kind is ReviewKind.IN_DEPTH and not is_directly_procured(provider_id, clock.today()):
        raise NotDirectlyProcured
    _check_finding(opening.finding_id, provider_id)
    try:
        with transaction.atomic():
            review = Review.objects.create(
                provider_id=provider_id,
                kind=opening.kind,
                finding_id=opening.finding_id,
                reason=opening.reason,
                inks_reference=opening.inks_reference,
                checks=[check.value for check in opening.checks],
                opened_at=clock.now(),
                opened_by_id=by.user_id,
                owner_id=by.user_id,
            )
    except IntegrityError:
        raise IsReviewedAlready from None
    _audit("open_review", review, by, {"kind": review.kind, "finding": opening.finding_id})
    return review


def _check_finding(finding_id: int | None, provider_id: int) -> None:
    if finding_id is None:
        return
    finding = Finding.objects.select_for_update().filter(pk=finding_id, provider=provider_id)
    if not finding.filter(state=FindingState.REVIEW).exists():
        raise BadInput("is not up for a review", field="finding")


def assign_review(*, review_id: int, to_id: int, by: Actor, version: int | None = None) -> Review:
    """Give it to somebody, or take it. Raises ReviewStepNotAllowed, Outdated."""
    with _taking(ReviewStep.ASSIGN, review_id, by, version) as step:
        step.review.owner_id = to_id
        step.entry["to_id"] = to_id
    return step.review


def record_review_check(
    *, review_id: int, check: Check, answer: Answer, by: Actor, version: int | None = None
) -> Review:
    """Raises ReviewStepNotAllowed, Outdated, BadInput."""
    check_answer(answer)
    with _taking(ReviewStep.CHECK, review_id, by, version) as step:
        if check not in step.review.checks:
            raise BadInput("is no check of this review", field="check")
        keep_check({"review": step.review}, check, answer, by)
        step.entry |= {"check_code": check, "day": answer.holds_until, "text": answer.note}
    return step.review


def record_visit(
    *,
    review_id: int,
    day: date,
    form: VisitForm,
    notes: str,
    by: Actor,
    version: int | None = None,
) -> Review:
    """Raises ReviewStepNotAllowed, Outdated, BadInput."""
    if day > clock.today():
        raise BadInput("is later than today", field="day")
    with _taking(ReviewStep.VISIT, review_id, by, version) as step:
        IncidentVisit.objects.create(
            review=step.review, day=day, form=form, notes=notes, at=clock.now(), by_id=by.user_id
        )
        step.entry["day"] = day
    return step.review


def ask_lawyer(*, review_id: int, text: str, by: Actor, version: int | None = None) -> Review:
    """Raises ReviewStepNotAllowed, Outdated."""
    with _taking(ReviewStep.ASK_LAWYER, review_id, by, version) as step:
        step.entry["text"] = text
    return step.review


def give_legal_view(*, review_id: int, text: str, by: Actor, version: int | None = None) -> Review:
    """By the lawyer, asked or not. Raises ReviewStepNotAllowed, Outdated."""
    with _taking(ReviewStep.ADVISE, review_id, by, version) as step:
        step.entry["text"] = text
    return step.review


@dataclass(frozen=True, slots=True)
class Verdict:
    decision: Decision
    reason_codes: Collection[str]
    text: str = ""
    follow_up_on: date | None = None
    """Of one that is watched."""


def decide_review(
    *, review_id: int, verdict: Verdict, by: Actor, version: int | None = None
) -> Review:
    """Raises ReviewStepNotAllowed, Outdated, BadInput."""
    reasons = _known(verdict.reason_codes)
    is_watched = verdict.decision is Decision.WATCHED
    follow_up_on = verdict.follow_up_on if is_watched else None
    if is_watched and (follow_up_on is None or follow_up_on <= clock.today()):
        raise BadInput("is no later day", field="follow_up_on")
    with _taking(ReviewStep.DECIDE, review_id, by, version) as step:
        review = step.review
        if verdict.decision not in DECISIONS[ReviewKind(review.kind)]:
            raise BadInput("is not decided here", field="decision")
        review.decision = verdict.decision
        review.decided_at = clock.now()
        review.reason_codes = reasons
        review.follow_up_on = follow_up_on
        step.entry |= {"reason_codes": reasons, "day": follow_up_on, "text": verdict.text}
    return step.review


def name_stop(*, review_id: int, stop: Stop, by: Actor, version: int | None = None) -> Review:
    """The stop that the decision asks for: set now, or set before it was decided.

    Raises ReviewStepNotAllowed, Outdated, BadInput for a stop of somebody else or of another
    review.
    """
    with _taking(ReviewStep.STOP, review_id, by, version) as step:
        review = step.review
        if not review.asks_for_stop:
            raise ReviewStepNotAllowed(ReviewStep.STOP, ReviewState(review.state))
        if not stops_to_name(review).filter(pk=stop.pk).exists():
            raise BadInput("is no stop of the provider's that is free", field="stop")
        ReviewStop.objects.create(review=review, stop=stop)
        step.entry["day"] = stop.valid_from
    return step.review


def follow_up_review(
    *, review_id: int, text: str, again_on: date | None, by: Actor, version: int | None = None
) -> Review:
    """Somebody has looked at it again: on a later day once more, or no more.

    Raises ReviewStepNotAllowed, Outdated, BadInput.
    """
    if again_on is not None and again_on <= clock.today():
        raise BadInput("is no later day", field="again_on")
    with _taking(ReviewStep.FOLLOW_UP, review_id, by, version) as step:
        review = step.review
        if not review.is_watched:
            raise ReviewStepNotAllowed(ReviewStep.FOLLOW_UP, ReviewState(review.state))
        if again_on is None:
            review.followed_up_at = clock.now()
        else:
            review.follow_up_on = again_on
        step.entry |= {"day": again_on, "text": text}
    return step.review


def cancel_review(*, review_id: int, text: str, by: Actor, version: int | None = None) -> Review:
    """It was opened by mistake, or is not needed. Raises ReviewStepNotAllowed, Outdated."""
    with _taking(ReviewStep.CANCEL, review_id, by, version) as step:
        step.entry["text"] = text
    return step.review


def _known(reason_codes: Collection[str]) -> list[str]:
    known = {one.code for one in catalogue.reasons(ReasonKind.REVIEW, clock.today())}
    if not reason_codes or not known.issuperset(reason_codes):
        raise BadInput("are no reasons", field="reasons")
    return sorted(set(reason_codes))


@transaction.atomic
def record_offence(
    *, review_id: int, court: str, case_number: str, text: str, by: Actor
) -> OffenceRecord:
    """Behind a wall of its own. Nothing of it stands in the trail but that it was added."""
    review = Review.objects.select_for_update().get(pk=review_id)
    record = OffenceRecord.objects.create(
        review=review,
        court=court,
        case_number=case_number,
        text=text,
        at=clock.now(),
        by_id=by.user_id,
    )
    _audit("record_offence", review, by, {})
    return record


@contextmanager
def _taking(step: ReviewStep, review_id: int, by: Actor, version: int | None) -> Iterator[_Step]:
    with transaction.atomic():
        review = Review.objects.select_for_update().get(pk=review_id)
        if version is not None and review.version != version:
            raise Outdated(review)
        before = ReviewState(review.state)
        review.state = review_after(step, before)
        taken = _Step(review)
        yield taken
        review.version += 1
        review.save()
        ReviewEntry.objects.create(
            review=review, at=clock.now(), by_id=by.user_id, step=step, **taken.entry
        )
        _audit(f"{step.value}_review", review, by, {"from": before.value, "to": review.state})


def _audit(action: str, review: Review, by: Actor, details: dict[str, str | int | None]) -> None:
    audit.record(
        action=action,
        by=by,
        subject="review",
        subject_id=str(review.pk),
        reference=review.reference,
        details=details,
    )
