"""Keeping a check that somebody made, as a part of a vetting or of a review."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from providers.domain.control.checks import Check, CheckResult
from providers.models import ProviderCheck
from spink.foundation import clock
from spink.foundation.actor import Actor
from spink.foundation.bad_input import BadInput


@dataclass(frozen=True, slots=True)
class Answer:
    """What a check gave: where it was looked up, what can be shown for it, and how long it holds.

    Of what courts have said it holds the result alone, never an offence.
    """

    result: CheckResult
    source: str
    evidence: str
    made_on: date
    holds_until: date
    note: str = ""


def check_answer(answer: Answer) -> None:
    """Raises BadInput."""
    if answer.made_on > clock.today():
        raise BadInput("is later than today", field="made_on")
    if answer.holds_until < answer.made_on:
        raise BadInput("ends before it begins", field="holds_until")


def keep_check(part_of: Mapping[str, Any], check: Check, answer: Answer, by: Actor) -> None:
    """Beside those that were made before. The row that it is a part of is locked by the caller."""
    earlier = ProviderCheck.objects.filter(check_code=check, is_latest=True, **part_of)
    earlier.update(is_latest=False)
    ProviderCheck.objects.create(
        **part_of,
        check_code=check,
        result=answer.result,
        source=answer.source,
        evidence=answer.evidence,
        note=answer.note,
        made_on=answer.made_on,
        holds_until=answer.holds_until,
        at=clock.now(),
        by_id=by.user_id,
    )
