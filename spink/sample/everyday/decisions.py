"""Decisions that were not carried out within three months, some with their reasons."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Final

from django.db.models import Q

from placements import actions
from placements.domain.not_carried_out import (
    DECISION_ENDED,
    ENDED_BY_CLOSING,
    ENDED_BY_WITHDRAWING,
    Quarter,
)
from placements.domain.values import Result
from placements.models import DelayReason, PlacementRequest
from spink.foundation import clock
from spink.foundation.clock import STOCKHOLM
from spink.sample.drawing import Draw
from spink.sample.everyday.stage import LOGINS_UNIT, Stage
from spink.sample.requests.content import OLD_LAW_ENDS, Asked
from spink.sample.requests.plan import YEARS

LATE: Final = (
    (LOGINS_UNIT, 7),
    (("Centrum", "Missbruk och beroende"), 16),
    (("Hisingen", "Missbruk och beroende"), 5),
    (("Nordost", "Missbruk och beroende"), 3),
    (("Sydväst", "Missbruk och beroende"), 2),
)
"""Enough of Centrum for a figure; most others are too few to be shown."""
DAYS_AGO: Final = (115, 300)
TOLD: Final = 0.6
REASONS: Final = {
    "client_declined": 9.0,
    "no_place": 3.0,
    "no_fitting_unit": 2.0,
    "client_unreachable": 1.0,
    "appealed": 1.0,
}
THREE_MONTHS: Final = timedelta(days=92)
NOTED_AFTER: Final = timedelta(days=10)
TOLD_AFTER: Final = THREE_MONTHS + NOTED_AFTER
SUBTYPES: Final = ("kortsiktigt kollektivt", "långsiktigt lägenhet")


@dataclass(frozen=True)
class _Decided:
    """Its request is sent some days later."""

    on: date

    def __call__(self, asked: Asked) -> Asked:
        start = self.on + timedelta(days=30)
        basis = "sol_2025" if self.on > OLD_LAW_ENDS else "sol_4_1"
        return replace(
            asked,
            decision_date=self.on,
            legal_basis=basis,
            wanted_start=start,
            needs_required=(),
        )


def late_decisions(stage: Stage) -> None:
    for unit, count in LATE:
        for number in range(count):
            _late(stage, unit, number)


def _late(stage: Stage, unit: tuple[str, str], number: int) -> None:
    """The client took the request back and the decision stands: nobody was placed."""
    draw, filer = stage.draw("late", *unit, number), stage.filer_of(unit)
    decided = stage.workday(draw.whole(*DAYS_AGO), 10)
    request = stage.file(
        f"late {unit} {number}",
        stage.somebody(age=draw.whole(21, 66), gender=draw.one(("man", "man", "woman"))),
        "supported_social_housing",
        draw.one(SUBTYPES),
        at=_after_the_past(decided + timedelta(hours=draw.whole(2, 5))),
        unit=unit,
        change=_Decided(decided.date()),
    )
    with clock.frozen(_after_the_past(decided + NOTED_AFTER)):
        actions.withdraw_request(request_id=request.pk, reason="client_declined", by=filer.actor)
    if draw.chance(TOLD):
        _tell(request, min(decided + TOLD_AFTER, stage.now), draw)


def _tell(request: PlacementRequest, at: datetime, draw: Draw) -> None:
    with clock.frozen(at):
        actions.give_delay_reason(
            request_id=request.pk,
            quarter=Quarter.of(clock.today()),
            reason=draw.weighted(REASONS),
            seen=0,
            by=request.created_by.actor,
        )


def _after_the_past(at: datetime) -> datetime:
    """The years whose requests are published hold no others."""
    return max(at, datetime(YEARS[-1] + 1, 1, 2, 9, tzinfo=STOCKHOLM))


def end_decisions_of_the_past(now: datetime) -> int:
    """Where nobody was placed and no reason ended the decision, its unit said so in the end.

    Without that every such decision of 2023 would stand in every quarter since.
    """
    past = PlacementRequest.objects.filter(submitted_at__year__in=YEARS)
    none_chosen = Q(feedback__result=Result.NONE_CHOSEN) & ~Q(feedback__reason__in=ENDED_BY_CLOSING)
    taken_back = Q(state="withdrawn") & ~Q(withdrawal_reason__in=ENDED_BY_WITHDRAWING)
    rows = past.filter(none_chosen | taken_back).distinct()
    values = rows.values_list("pk", "decision_date", "created_by_id")
    told = [
        _ended(request_id, decided, filer_id)
        for request_id, decided, filer_id in values
        if decided and decided + TOLD_AFTER < now.date()
    ]
    return len(DelayReason.objects.bulk_create(told, batch_size=1000))


def _ended(request_id: int, decided: date, filer_id: int) -> DelayReason:
    on = decided + TOLD_AFTER
    return DelayReason(
        request_id=request_id,
        quarter_from=Quarter.of(on).first,
        reason=DECISION_ENDED,
        given_at=datetime.combine(on, time(10), STOCKHOLM),
        given_by_id=filer_id,
    )
