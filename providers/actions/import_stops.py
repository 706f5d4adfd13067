"""The stops of a register file. A file decides no more than its importer may decide.

What it says of stops that are over is history, and a whole register that is restored into an empty
one is taken as it stands. Any other stop that is new, or made wider, is a decision: it is held by
the same table, and what follows of it is carried out, as if it were set by hand.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from providers.actions.rows import bring_up
from providers.actions.stops import tell_of_stop
from providers.domain.exchange import RegisterFile
from providers.domain.exchange.entries import Stop as StopEntry
from providers.domain.stopping import INK, InksDecision, Ruling, StopRefused, check
from providers.models import CareUnit, CorporateGroup, Provider, Stop
from providers.policies import can_keep_register
from providers.queries.stops import Target, rungs_under
from spink.accounts import queries as accounts
from spink.foundation import clock
from spink.foundation.actor import Actor
from spink.foundation.bad_input import BadInput
from spink.foundation.events import EventName

NOT_ONES_OWN = "is decided by those who keep the register: import the file in the name of one"
WHY_NOT: dict[Ruling, str] = {
    Ruling.INK_DECIDES: "is decided by INK: give decision_reference and decided_on",
    Ruling.NOT_BY_DIRECT_AWARD: "stops direct award alone, and nothing is bought so there",
    Ruling.NOT_ON_FRAMEWORK: "stops orders on a framework agreement, and there is none",
}
Values = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Targets:
    units: dict[str, CareUnit]
    providers: dict[str, Provider]
    groups: dict[str, CorporateGroup]

    def of(self, entry: StopEntry) -> Target:
        found: dict[str, dict[str, Any]] = {
            "unit": self.units,
            "provider": self.providers,
            "group": self.groups,
        }
        target: Target = found[entry.on][entry.target]
        return target


def import_stops(
    register: RegisterFile, targets: Targets, *, by: Actor, restores: bool
) -> list[BadInput]:
    """Write them, and none is ever lifted. Gives what is wrong, and then the import is broken off;
    the rungs that the file gives its units are written already."""
    known = Stop.objects.filter(reference__in=list(register.stops))
    existing = {stop.reference: stop for stop in known}
    wanted = _wanted(register, targets, existing)
    decided = [] if restores else [*_decided(wanted, existing)]
    faults = _faults(register, targets, decided, wanted, by)
    if faults:
        return faults
    rows = bring_up(Stop, existing, wanted)
    for reference in decided:
        target = targets.of(register.stops[reference])
        tell_of_stop("set_stop", EventName.STOP_SET, rows[reference], by, target)
    return []


def _wanted(
    register: RegisterFile, targets: Targets, existing: dict[UUID, Stop]
) -> dict[UUID, Values]:
    wanted = {
        reference: _stop(entry, targets)
        for reference, entry in register.stops.items()
        if reference not in existing
    }
    for reference, stop in existing.items():
        if stop.ended_at is None:
            wanted[reference] = _widened(stop, register.stops[reference])
    return wanted


def _stop(entry: StopEntry, targets: Targets) -> Values:
    valid_from, valid_to = entry.period
    return {
        "reference": entry.reference,
        "kind": entry.kind,
        entry.on: targets.of(entry),
        "valid_from": valid_from,
        "valid_to": valid_to,
        **entry.details,
    }


def _widened(stop: Stop, entry: StopEntry) -> Values:
    """It begins no later and ends no earlier than it does already."""
    first, last = entry.period
    return {
        "valid_from": min(stop.valid_from, first) if stop.valid_from and first else None,
        "valid_to": max(stop.valid_to, last) if stop.valid_to and last else None,
    }


def _decided(wanted: dict[UUID, Values], existing: dict[UUID, Stop]) -> Iterator[UUID]:
    """Those that are new, or wider than they were, and are not over."""
    today = clock.today()
    for reference, values in wanted.items():
        last: date | None = values["valid_to"]
        is_over = values.get("ended_at") is not None or (last is not None and last < today)
        was = existing.get(reference)
        period = (was.valid_from, was.valid_to) if was else None
        if not is_over and period != (values["valid_from"], last):
            yield reference


def _faults(
    register: RegisterFile,
    targets: Targets,
    decided: list[UUID],
    wanted: dict[UUID, Values],
    by: Actor,
) -> list[BadInput]:
    if decided and not _may_decide(by):
        return [BadInput(NOT_ONES_OWN, place=f"stop {one}") for one in decided]
    faults = []
    for reference in decided:
        entry = register.stops[reference]
        try:
            _check(entry, targets.of(entry), wanted[reference], by)
        except StopRefused as refused:
            faults.append(BadInput(WHY_NOT[refused.why], field="kind", place=f"stop {reference}"))
    return faults


def _check(entry: StopEntry, on: Target, values: Values, by: Actor) -> None:
    """Raises StopRefused. Where the file does not say who has decided it, it is the importer."""
    reference, day = (entry.details.get(name) for name in ("decision_reference", "decided_on"))
    decision = InksDecision(reference, day) if reference and day else None
    today = clock.today()
    why = check(entry.kind, rungs_under(on, today), decision, today=today)
    if "reference" in values and not values.get("decided_at"):
        values["decided_at"] = clock.now()
        values["decided_by"] = INK if why is Ruling.INK_DECIDES else by.label


def _may_decide(by: Actor) -> bool:
    found = accounts.users_by_id([by.user_id]) if by.is_person else []
    return any(can_keep_register(accounts.reach_of_user(user)) for user in found)
