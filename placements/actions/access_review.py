"""Reviews of the access log: a sample drawn by the system, each reading judged once by another."""

from datetime import date, timedelta
from typing import Final

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from placements.domain import sampling
from placements.models import AccessReview, AccessReviewRow, Judgement
from placements.queries.access_log import Asked, Readings
from spink.accounts.policies import NotAllowed
from spink.foundation import audit, clock
from spink.foundation.actor import Actor

SAMPLE: Final = 20
"""Readings of a department and month; all of them where there are fewer."""


@transaction.atomic
def draw_review(*, department_id: int, month: date, by: Actor) -> AccessReview:
    """The sample of a month that is over. Raises ValidationError for another, or drawn before."""
    try:
        following = sampling.end_of_past_month(month, today=clock.today())
    except sampling.MonthNotOver:
        raise ValidationError(_("The month is not over yet.")) from None
    readings = Readings([department_id], Asked(since=month, until=following - timedelta(days=1)))
    seed = sampling.new_seed()
    review = _made(
        AccessReview(
            department_id=department_id,
            month=month,
            seed=seed,
            population=readings.count(),
            drawn_at=clock.now(),
            drawn_by_id=by.user_id,
        )
    )
    AccessReviewRow.objects.bulk_create(
        AccessReviewRow(
            review=review,
            entry_id=reading.id,
            position=position,
            at=reading.at,
            reader_id=reading.reader_id,
            reader=reading.reader,
            references=reading.references,
            route=reading.route,
            reason=reading.reason,
        )
        for position, reading in enumerate(readings.drawn(seed, SAMPLE), 1)
    )
    _record("access_review_drawn", review, by, population=review.population)
    return review


@transaction.atomic
def judge_reading(*, row_id: int, judgement: str, note: str, by: Actor) -> AccessReviewRow:
    """Raises NotAllowed for one's own reading, ValidationError for one that has been judged."""
    row = AccessReviewRow.objects.select_for_update().get(pk=row_id)
    if row.reader_id == by.id:
        raise NotAllowed(_("You have read this yourself. Somebody else reviews it."))
    if row.judgement:
        raise ValidationError(_("Somebody else has judged this reading already."))
    row.judgement = Judgement(judgement)
    row.note = note
    row.judged_by_id, row.judged_at = by.user_id, clock.now()
    row.save(update_fields=["judgement", "note", "judged_by", "judged_at"])
    _record("access_reading_judged", row.review, by, position=row.position, judgement=judgement)
    return row


def _made(review: AccessReview) -> AccessReview:
    try:
        with transaction.atomic():
            review.save()
    except IntegrityError:
        raise ValidationError(_("The sample of that month is drawn already.")) from None
    return review


def _record(action: str, review: AccessReview, by: Actor, **details: int | str) -> None:
    audit.record(
        action=action,
        by=by,
        subject="access_review",
        subject_id=str(review.pk),
        details={"department": review.department_id, "month": f"{review.month:%Y-%m}", **details},
    )
