"""Tasks to correct the register: raised by who learns of a fault, settled by who keeps it."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from providers.models import CorrectionResult, Fact, RegisterCorrection
from spink.foundation import audit, clock
from spink.foundation.actor import Actor


class AlreadySettled(Exception):
    """Somebody else was first; `correction` says who, and what came of it."""

    def __init__(self, correction: RegisterCorrection) -> None:
        super().__init__(f"{correction.pk} is {correction.result}")
        self.correction = correction


def ask_correction(
    *,
    unit_code: str,
    unit_name: str,
    facts: Iterable[Fact],
    confirmed_by: str,
    confirmed_on: date,
    by: Actor,
) -> None:
    """Raise a task for each fact; where one is open already it stays as it is."""
    with transaction.atomic():
        for fact in facts:
            RegisterCorrection.objects.bulk_create(
                [
                    RegisterCorrection(
                        unit_code=unit_code,
                        unit_name=unit_name,
                        fact=fact,
                        confirmed_by=confirmed_by,
                        confirmed_on=confirmed_on,
                        raised_at=clock.now(),
                        raised_by_id=by.user_id,
                    )
                ],
                ignore_conflicts=True,
            )
            _audit("ask_correction", unit_code, by, {"fact": fact})


def settle_correction(
    *, correction_id: int, result: CorrectionResult, by: Actor
) -> RegisterCorrection:
    """Raises AlreadySettled."""
    with transaction.atomic():
        correction = RegisterCorrection.objects.select_for_update().get(pk=correction_id)
        if correction.result:
            raise AlreadySettled(correction)
        correction.result = result
        correction.done_at, correction.done_by_id = clock.now(), by.user_id
        correction.save()
        details = {"fact": correction.fact, "result": result.value}
        _audit("settle_correction", correction.unit_code, by, details)
    return correction


def _audit(action: str, unit_code: str, by: Actor, details: dict[str, str]) -> None:
    audit.record(
        action=action, by=by, subject="care_unit", subject_id=unit_code, details=dict(details)
    )
