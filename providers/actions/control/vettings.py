"""What people do with a vetting: steps of the lifecycle's table, each on record.

Adding a provider lets its units into direct award until further notice: a check that runs out is
told of, and only people end what was decided, so that no date by itself empties the last rung.
"""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

from django.db import IntegrityError, transaction

from providers.actions.control.checking import (
    Answer,
    Carrier,
    Step,
    keep_check,
    known_reasons,
    on_record,
    taking,
)
from providers.actions.keeping.changing import change_part
from providers.diary import changing_register
from providers.domain.control import checks
from providers.domain.control.vetting import VettingState, VettingStep, vetting_after
from providers.models import (
    CareUnit,
    DirectAwardVetting,
    Provider,
    Vetting,
    VettingEntry,
    VettingSetting,
)
from providers.queries.control.vettings import in_the_way
from spink.catalogue.models.coded_reason import ReasonKind
from spink.foundation import audit, clock
from spink.foundation.actor import Actor
from spink.foundation.bad_input import BadInput


class IsVettedAlready(Exception):
    """One is under way, or INK has vetted the provider, already."""


class NotReady(Exception):
    """Checks stand in the way of adding the provider."""

    def __init__(self, missing: list[tuple[str, checks.Missing]]) -> None:
        super().__init__(", ".join(f"{check} {why}" for check, why in missing))
        self.missing = missing


VETTING = Carrier("vetting", Vetting, VettingEntry, vetting_after)


def begin_vetting(*, provider_id: int, needs_permit: bool, by: Actor) -> Vetting:
    """Raises UnknownForm where nobody has said what the provider is, IsVettedAlready."""
    provider = Provider.objects.get(pk=provider_id)
    asked = checks.checks_for(provider.legal_form, needs_permit=needs_permit)
    return _made(
        "begin_vetting",
        by,
        provider=provider,
        checks=[check.value for check in asked],
        needs_permit=needs_permit,
    )


def record_vetting_by_ink(*, provider_id: int, evidence: str, by: Actor) -> Vetting:
    """A framework provider: INK has vetted it, and nothing of it is repeated here.

    Raises IsVettedAlready.
    """
    return _made(
        "record_vetting_by_ink",
        by,
        provider_id=provider_id,
        state=VettingState.BY_INK,
        evidence=evidence,
        decided_at=clock.now(),
    )


def _made(action: str, by: Actor, **values: Any) -> Vetting:
    try:
        with transaction.atomic():
            vetting = Vetting.objects.create(
                begun_at=clock.now(), begun_by_id=by.user_id, owner_id=by.user_id, **values
            )
    except IntegrityError:
        raise IsVettedAlready from None
    on_record(VETTING, action, vetting, by, {"checks": len(vetting.checks)})
    return vetting


def assign_vetting(
    *, vetting_id: int, to_id: int, by: Actor, version: int | None = None
) -> Vetting:
    """Give it to somebody, or take it. Raises VettingStepNotAllowed, Outdated."""
    with _taking(VettingStep.ASSIGN, vetting_id, by, version) as step:
        step.row.owner_id = to_id
        step.entry["to_id"] = to_id
    return step.row


def record_check(
    *, vetting_id: int, check: checks.Check, answer: Answer, by: Actor, version: int | None = None
) -> Vetting:
    """Of a provider that has been added it is made again. Raises VettingStepNotAllowed, Outdated,
    BadInput."""
    with _taking(VettingStep.CHECK, vetting_id, by, version) as step:
        keep_check(step, VETTING, check, answer, by)
    return step.row


def add_to_register(
    *,
    vetting_id: int,
    unit_ids: Collection[int],
    vetted_from: date,
    text: str,
    by: Actor,
    version: int | None = None,
) -> Vetting:
    """Let the units into direct award from the day on. A vetting that held before is replaced.

    Raises VettingStepNotAllowed, Outdated, NotReady, BadInput for units that are not its own.
    """
    with _taking(VettingStep.ADD, vetting_id, by, version) as step:
        vetting = step.row
        if missing := in_the_way(vetting, clock.today()):
            raise NotReady(missing)
        units = CareUnit.objects.filter(provider=vetting.provider_id, pk__in=unit_ids)
        if not unit_ids or len(units) != len(set(unit_ids)):
            raise BadInput("are no units of the provider", field="units")
        _replace_earlier(vetting, by)
        vetting.decided_at = clock.now()
        vetting.units.set(units)
        _let_in(units, vetted_from, vetting, by)
        step.entry |= {"day": vetted_from, "text": text}
    return step.row


def _replace_earlier(vetting: Vetting, by: Actor) -> None:
    earlier = Vetting.objects.filter(provider=vetting.provider_id, state=VettingState.ADDED)
    for one in earlier:
        with _taking(VettingStep.REPLACE, one.pk, by, None) as step:
            step.row.ended_at = clock.now()


def _let_in(units: Collection[CareUnit], first: date, vetting: Vetting, by: Actor) -> None:
    """A unit that is in already stays in from the day that it had."""
    with changing_register(by=by, note=vetting.reference):
        held = {row.unit_id: row for row in DirectAwardVetting.objects.filter(unit__in=units)}
        for unit in units:
            row = held.get(unit.pk)
            change_part(
                part="direct_award",
                row_id=unit.pk,
                values={
                    "vetted_from": row.vetted_from if row and _holds(row, first) else first,
                    "vetted_to": None,
                    "decision": vetting.reference,
                },
                by=by,
                note=vetting.reference,
            )


def _holds(row: DirectAwardVetting, day: date) -> bool:
    return (row.vetted_from is None or row.vetted_from <= day) and (
        row.vetted_to is None or row.vetted_to >= day
    )


def refuse_vetting(
    *,
    vetting_id: int,
    reason_codes: Collection[str],
    text: str,
    by: Actor,
    version: int | None = None,
) -> Vetting:
    """The provider is not added. Raises VettingStepNotAllowed, Outdated, BadInput."""
    reasons = known_reasons(reason_codes, ReasonKind.VETTING)
    with _taking(VettingStep.REFUSE, vetting_id, by, version) as step:
        step.row.reason_codes = reasons
        step.row.decided_at = clock.now()
        step.entry |= {"reason_codes": reasons, "text": text}
    return step.row


def cancel_vetting(*, vetting_id: int, text: str, by: Actor, version: int | None = None) -> Vetting:
    """It was begun by mistake, or is not needed. Raises VettingStepNotAllowed, Outdated."""
    with _taking(VettingStep.CANCEL, vetting_id, by, version) as step:
        step.entry["text"] = text
    return step.row


def end_vetting(
    *,
    vetting_id: int,
    last_day: date,
    reason_codes: Collection[str],
    text: str,
    by: Actor,
    version: int | None = None,
) -> Vetting:
    """The units that it let in leave direct award after the day; placements that run are not
    touched. Raises VettingStepNotAllowed, Outdated, BadInput."""
    reasons = known_reasons(reason_codes, ReasonKind.VETTING)
    if last_day < clock.today() - timedelta(days=1):
        raise BadInput("is a day that has been", field="last_day")
    with _taking(VettingStep.END, vetting_id, by, version) as step:
        vetting = step.row
        vetting.reason_codes = reasons
        vetting.ended_at = clock.now()
        _let_out(vetting, last_day, by)
        step.entry |= {"day": last_day, "reason_codes": reasons, "text": text}
    return step.row


def _let_out(vetting: Vetting, last_day: date, by: Actor) -> None:
    with changing_register(by=by, note=vetting.reference):
        for row in DirectAwardVetting.objects.filter(unit__vettings=vetting):
            if row.vetted_from and row.vetted_from > last_day:
                raise BadInput("is before the day that it was let in", field="last_day")
            if row.vetted_to is None or row.vetted_to > last_day:
                change_part(
                    part="direct_award",
                    row_id=row.unit_id,
                    values={"vetted_to": last_day},
                    by=by,
                    note=vetting.reference,
                )


def set_warned_days(*, days: int, by: Actor) -> None:
    """How long before a check runs out the team is told."""
    with transaction.atomic():
        VettingSetting.objects.update_or_create(pk=1, defaults={"warned_days": days})
        audit.record(
            action="set_warned_days",
            by=by,
            subject="vetting_setting",
            subject_id="1",
            details={"warned_days": days},
        )


@contextmanager
def _taking(
    step: VettingStep, vetting_id: int, by: Actor, version: int | None
) -> Iterator[Step[Vetting]]:
    """Whoever takes the first step has it from then on."""
    with taking(VETTING, step, vetting_id, by, version) as taken:
        yield taken
        taken.row.owner_id = taken.row.owner_id or by.user_id
