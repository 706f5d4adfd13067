"""Self-checks of handled requests: a month's sample is drawn, checked by others, and locked."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from placements.domain import sampling
from placements.domain.self_checks import may_check
from placements.models import (
    CheckAnswer,
    PlacementRequest,
    SelfCheck,
    SelfCheckAnswer,
    SelfCheckItem,
    SelfCheckQuestion,
)
from placements.queries import self_checks
from spink.accounts.policies import NotAllowed
from spink.catalogue import queries as catalogue
from spink.foundation import audit, clock
from spink.foundation.actor import Actor


class CheckedMeanwhile(Exception):
    """Somebody else has answered for the request, or locked the sample, since it was read."""


@dataclass(frozen=True, slots=True)
class CheckedAs:
    answer: CheckAnswer
    note: str = ""


@transaction.atomic
def draw_self_check(*, function_id: int, month: date, size: int, by: Actor) -> SelfCheck:
    """A sample of the requests that ended in a month that is over, with the questions of today.

    Raises ValidationError for another month, one drawn before or without such requests, and where
    nothing is asked.
    """
    try:
        following = sampling.end_of_past_month(month, today=clock.today())
    except sampling.MonthNotOver:
        raise ValidationError(_("The month is not over yet.")) from None
    questions = catalogue.check_questions(clock.today())
    if not questions:
        raise ValidationError(_("There are no questions yet. An administrator adds them."))
    handled = self_checks.handled_requests(function_id, since=month, before=following)
    by_reference = {one.reference: one for one in handled}
    if not by_reference:
        raise ValidationError(_("No request that an officer had ended that month."))
    check = SelfCheck(
        placement_function_id=function_id,
        month=month,
        seed=sampling.new_seed(),
        size=size,
        population=len(by_reference),
        drawn_at=clock.now(),
        drawn_by_id=by.user_id,
    )
    _insert(check)
    SelfCheckQuestion.objects.bulk_create(
        SelfCheckQuestion(
            self_check=check,
            position=position,
            code=one.code,
            about=one.about,
            name_sv=one.name_sv,
            name_en=one.name_en,
        )
        for position, one in enumerate(questions, 1)
    )
    references = sampling.drawn(by_reference, seed=check.seed, size=size)
    _keep_items(check, [by_reference[reference] for reference in references])
    _record("self_check_drawn", check, by, population=check.population, size=size)
    return check


def _insert(check: SelfCheck) -> None:
    try:
        with transaction.atomic():
            check.save()
    except IntegrityError:
        raise ValidationError(_("The sample of that month is drawn already.")) from None


def _keep_items(check: SelfCheck, requests: list[PlacementRequest]) -> None:
    handlers = self_checks.handlers_of(requests)
    SelfCheckItem.objects.bulk_create(
        SelfCheckItem(self_check=check, position=position, request=one, handlers=handlers[one.pk])
        for position, one in enumerate(requests, 1)
    )


@transaction.atomic
def check_request(
    *, item_id: int, answers: Mapping[int, CheckedAs], by: Actor, version: int
) -> SelfCheckItem:
    """Every question of the sample answered, by its id; answered anew until it is locked.

    Raises NotAllowed for a request that one has handled, ValidationError for a locked sample,
    a question left out or a shortcoming without a note, CheckedMeanwhile.
    """
    item = SelfCheckItem.objects.get(pk=item_id)
    check = SelfCheck.objects.select_for_update().get(pk=item.self_check_id)
    _check_open(check)
    item.refresh_from_db()
    if not may_check(by.user_id, item.handlers):
        raise NotAllowed(_("You have handled this request yourself. Somebody else checks it."))
    if item.version != version:
        raise CheckedMeanwhile
    asked = set(check.questions.values_list("pk", flat=True))
    if asked != set(answers):
        raise ValidationError(_("Answer every question."))
    if any(one.answer == CheckAnswer.NO and not one.note.strip() for one in answers.values()):
        raise ValidationError(_("Say what was not as it should be."))
    for question_id, one in answers.items():
        _answer(item, question_id, one, by)
    item.version += 1
    item.save(update_fields=["version"])
    short = sum(one.answer == CheckAnswer.NO for one in answers.values())
    _record("self_check_answered", check, by, position=item.position, shortcomings=short)
    return item


def _answer(item: SelfCheckItem, question_id: int, given: CheckedAs, by: Actor) -> None:
    """An answer that stands as it was given keeps who gave it, and when."""
    note = given.note.strip()
    row = SelfCheckAnswer.objects.filter(item=item, question_id=question_id).first()
    if row is None:
        row = SelfCheckAnswer(item=item, question_id=question_id)
    elif (row.answer, row.note) == (given.answer, note):
        return
    row.answer, row.note = given.answer, note
    row.answered_at, row.answered_by_id = clock.now(), by.user_id
    row.save()


@transaction.atomic
def lock_self_check(*, check_id: int, note: str = "", by: Actor, version: int) -> SelfCheck:
    """Nothing of the sample is changed from now on.

    `note` says why requests were left unchecked, where any was: of a function with one officer
    nobody else can check. Raises ValidationError without it or when locked before,
    CheckedMeanwhile.
    """
    check = SelfCheck.objects.select_for_update().get(pk=check_id)
    _check_open(check)
    if check.version != version:
        raise CheckedMeanwhile
    unchecked = check.items.filter(version=0).count()
    if unchecked and not note.strip():
        raise ValidationError({"note": _("Say why they are not checked.")})
    check.version += 1
    check.locked_at, check.locked_by_id = clock.now(), by.user_id
    check.unchecked_note = note.strip() if unchecked else ""
    check.save(update_fields=["version", "locked_at", "locked_by", "unchecked_note"])
    _record("self_check_locked", check, by, unchecked=unchecked)
    return check


def _check_open(check: SelfCheck) -> None:
    if check.locked_at is not None:
        raise ValidationError(_("The sample is locked and is not changed any more."))


def _record(action: str, check: SelfCheck, by: Actor, **details: int) -> None:
    audit.record(
        action=action,
        by=by,
        subject="self_check",
        subject_id=str(check.pk),
        details={
            "placement_function": check.placement_function_id,
            "month": f"{check.month:%Y-%m}",
            **details,
        },
    )
