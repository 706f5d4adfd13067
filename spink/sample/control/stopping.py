"""The stops that units are planned to have, set and lifted by the action that everybody uses."""

from collections.abc import Iterator
from functools import partial
from typing import Final

from providers.actions.stops import end_stop, set_stop
from providers.domain.stopping import InksDecision
from providers.models import CareUnit, Stop, StopKind
from providers.queries.stops import Target, rungs_under
from spink.accounts.models import User
from spink.catalogue.domain.ladder import ProvisionForm
from spink.foundation import clock
from spink.sample.control.year import Telling, Year
from spink.sample.register.plans import StopPlan, Unit
from spink.sample.register.stops import YEAR

REVIEWED: Final = frozenset({StopKind.PAUSED, StopKind.UNPUBLISHED})


def follows_a_review(plan: StopPlan) -> bool:
    """Then it is told with the review that it followed on."""
    return plan.kind in REVIEWED and plan.decided_at.year == YEAR


def tellings(year: Year) -> Iterator[Telling]:
    planned = [(unit, stop) for unit in year.units for stop in unit.stops]
    for number, (unit, stop) in enumerate(planned):
        keeper = year.keeper(number)
        if not follows_a_review(stop):
            yield Telling(stop.decided_at, partial(stop_unit, unit, stop, keeper))
        if stop.lifted_at:
            yield Telling(stop.lifted_at, partial(_lift, unit, stop, keeper))


LIFTED: Final = "Bristerna är avhjälpta"


def stop_unit(unit: Unit, plan: StopPlan, by: User, review_id: int | None = None) -> None:
    kind, today = StopKind(plan.kind), clock.today()
    decision = InksDecision(plan.inks_reference, today) if plan.inks_reference else None
    set_stop(
        on=_target_of(CareUnit.objects.get(code=unit.code), kind),
        kind=kind,
        by=by.actor,
        reason_code=plan.reason,
        decision=decision,
        review_id=review_id,
    )


def _target_of(unit: CareUnit, kind: StopKind) -> Target:
    """The provider where it is bought from by direct award alone, else the unit."""
    if kind in REVIEWED:
        provider = unit.provider
        if rungs_under(provider, clock.today()) == {ProvisionForm.DIRECT_AWARD}:
            return provider
    return unit


def _lift(unit: Unit, plan: StopPlan, by: User) -> None:
    provider = Stop.objects.filter(provider__code=unit.provider.code)
    stops = Stop.objects.filter(unit__code=unit.code) | provider
    stop = stops.get(kind=plan.kind, ended_at=None)
    inks = InksDecision(plan.inks_reference, clock.today()) if plan.inks_reference else None
    end_stop(stop_id=stop.pk, by=by.actor, why=LIFTED, decision=inks)
