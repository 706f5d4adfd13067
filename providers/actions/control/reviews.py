"""What people do with an in-depth review: steps of the lifecycle's table, each on record.

A decision changes nothing in the register: the stop that follows on it is previewed and set where
stops are set, so that it is seen what it touches before it holds.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction

from providers.actions.control.checking import (
    Answer,
    Carrier,
    keep_check,
    known_reasons,
    on_record,
    taking,
)
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
from spink.catalogue.models.coded_reason import ReasonKind
from spink.foundation import clock
from spink.foundation.actor import Actor
from spink.foundation.bad_input import BadInput


class IsReviewedAlready(Exception):
    """One of the same kind is under way, or the finding has led to one."""


class NotDirectlyProcured(Exception):
    """Spink reviews those that are bought from by direct award; INK follows up the others."""


REVIEW = Carrier("review", Review, ReviewEntry, review_after)


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
    on_record(
        REVIEW, "open_review", review, by, {"kind": review.kind, "finding": opening.finding_id}
    )
    return review


def _check_finding(finding_id: int | None, provider_id: int) -> None:
    if finding_id is None:
        return
    finding = Finding.objects.select_for_update().filter(pk=finding_id, provider=provider_id)
    if not finding.filter(state=FindingState.REVIEW).exists():
        raise BadInput("is not up for a review", field="finding")


def assign_review(*, review_id: int, to_id: int, by: Actor, version: int | None = None) -> Review:
    """Give it to somebody, or take it. Raises ReviewStepNotAllowed, Outdated."""
    with taking(REVIEW, ReviewStep.ASSIGN, review_id, by, version) as step:
        step.row.owner_id = to_id
        step.entry["to_id"] = to_id
    return step.row


def record_review_check(
    *, review_id: int, check: Check, answer: Answer, by: Actor, version: int | None = None
) -> Review:
    """Raises ReviewStepNotAllowed, Outdated, BadInput."""
    with taking(REVIEW, ReviewStep.CHECK, review_id, by, version) as step:
        keep_check(step, REVIEW, check, answer, by)
    return step.row


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
    with taking(REVIEW, ReviewStep.VISIT, review_id, by, version) as step:
        IncidentVisit.objects.create(
            review=step.row, day=day, form=form, notes=notes, at=clock.now(), by_id=by.user_id
        )
        step.entry["day"] = day
    return step.row


def ask_lawyer(*, review_id: int, text: str, by: Actor, version: int | None = None) -> Review:
    """Raises ReviewStepNotAllowed, Outdated."""
    with taking(REVIEW, ReviewStep.ASK_LAWYER, review_id, by, version) as step:
        step.entry["text"] = text
    return step.row


def give_legal_view(*, review_id: int, text: str, by: Actor, version: int | None = None) -> Review:
    """By the lawyer, asked or not. Raises ReviewStepNotAllowed, Outdated."""
    with taking(REVIEW, ReviewStep.ADVISE, review_id, by, version) as step:
        step.entry["text"] = text
    return step.row


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
    reasons = known_reasons(verdict.reason_codes, ReasonKind.REVIEW)
    is_watched = verdict.decision is Decision.WATCHED
    follow_up_on = verdict.follow_up_on if is_watched else None
    if is_watched and (follow_up_on is None or follow_up_on <= clock.today()):
        raise BadInput("is no later day", field="follow_up_on")
    with taking(REVIEW, ReviewStep.DECIDE, review_id, by, version) as step:
        review = step.row
        if verdict.decision not in DECISIONS[ReviewKind(review.kind)]:
            raise BadInput("is not decided here", field="decision")
        review.decision = verdict.decision
        review.decided_at = clock.now()
        review.reason_codes = reasons
        review.follow_up_on = follow_up_on
        step.entry |= {"reason_codes": reasons, "day": follow_up_on, "text": verdict.text}
    return step.row


def name_stop(*, review_id: int, stop: Stop, by: Actor, version: int | None = None) -> Review:
    """The stop that the decision asks for: set now, or set before it was decided.

    Raises ReviewStepNotAllowed, Outdated, BadInput for a stop of somebody else or of another
    review.
    """
    with taking(REVIEW, ReviewStep.STOP, review_id, by, version) as step:
        review = step.row
        if not review.asks_for_stop:
            raise ReviewStepNotAllowed(ReviewStep.STOP, ReviewState(review.state))
        Stop.objects.select_for_update().get(pk=stop.pk)  # two reviews may name it at once
        if not stops_to_name(review).filter(pk=stop.pk).exists():
            raise BadInput("is no stop of the provider's that is free", field="stop")
        ReviewStop.objects.create(review=review, stop=stop)
        step.entry["day"] = stop.valid_from
    return step.row


def follow_up_review(
    *, review_id: int, text: str, again_on: date | None, by: Actor, version: int | None = None
) -> Review:
    """Somebody has looked at it again: on a later day once more, or no more.

    Raises ReviewStepNotAllowed, Outdated, BadInput.
    """
    if again_on is not None and again_on <= clock.today():
        raise BadInput("is no later day", field="again_on")
    with taking(REVIEW, ReviewStep.FOLLOW_UP, review_id, by, version) as step:
        review = step.row
        if not review.is_watched:
            raise ReviewStepNotAllowed(ReviewStep.FOLLOW_UP, ReviewState(review.state))
        if again_on is None:
            review.followed_up_at = clock.now()
        else:
            review.follow_up_on = again_on
        step.entry |= {"day": again_on, "text": text}
    return step.row


def cancel_review(*, review_id: int, text: str, by: Actor, version: int | None = None) -> Review:
    """It was opened by mistake, or is not needed. Raises ReviewStepNotAllowed, Outdated."""
    with taking(REVIEW, ReviewStep.CANCEL, review_id, by, version) as step:
        step.entry["text"] = text
    return step.row


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
    on_record(REVIEW, "record_offence", review, by, {})
    return record
