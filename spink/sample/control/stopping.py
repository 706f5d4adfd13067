"""The stops that units are planned to have, set and lifted by the action that everybody uses."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from functools import partial
from typing import Final

from providers.actions.stops import end_stop, set_stop
from providers.domain.stopping import InksDecision
from providers.models import CareUnit, Stop, StopKind
from providers.queries.stops import Target, rungs_under
from spink.accounts.models import User
from spink.catalogue.domain.ladder import ProvisionForm
from spink.foundation import clock
from spink.sample.register.plans import StopPlan, Unit

KEEPERS: Final = ("kvalitet", "kvalitet2", "kvalitet3")

Planned = tuple[datetime, str, Callable[[User], None]]


def acts(units: Sequence[Unit]) -> Iterator[Planned]:
    planned = [(unit.code, stop) for unit in units for stop in unit.stops]
    for number, (code, stop) in enumerate(planned):
        keeper = KEEPERS[number % len(KEEPERS)]
        yield stop.decided_at, keeper, partial(_set, code, stop)
        if stop.lifted_at:
            yield stop.lifted_at, keeper, partial(_lift, code, stop)


def _set(code: str, plan: StopPlan, by: User) -> None:
    kind, today = StopKind(plan.kind), clock.today()
    decision = InksDecision(plan.inks_reference, today) if plan.inks_reference else None
    set_stop(
        on=target_of(CareUnit.objects.get(code=code), kind),
        kind=kind,
        by=by.actor,
        reason_code=plan.reason,
        decision=decision,
    )


def target_of(unit: CareUnit, kind: StopKind) -> Target:
    """The provider where it is bought from by direct award alone, else the unit."""
    if kind in (StopKind.PAUSED, StopKind.UNPUBLISHED):
        provider = unit.provider
        if rungs_under(provider, clock.today()) == {ProvisionForm.DIRECT_AWARD}:
            return provider
    return unit


def _lift(code: str, plan: StopPlan, by: User) -> None:
    unit = CareUnit.objects.get(code=code)
    stops = Stop.objects.filter(unit=unit) | Stop.objects.filter(provider=unit.provider_id)
    found = stops.filter(kind=plan.kind, ended_at=None).order_by("-decided_at").first()
    if found is not None:
        end_stop(stop_id=found.pk, by=by.actor)
