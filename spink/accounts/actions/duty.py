"""Going on and off duty out of hours: while on duty the whole own municipality is seen."""

from datetime import timedelta
from typing import Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from spink.accounts import queries
from spink.accounts.models import DutyShift, Municipality, User
from spink.accounts.policies import NotAllowed
from spink.foundation import audit, clock
from spink.foundation.actor import Actor

USUAL_HOURS: Final = 12
LONGEST_HOURS: Final = 16


@transaction.atomic
def start_duty_shift(user: User, *, reason: str, by: Actor, hours: int = USUAL_HOURS) -> DutyShift:
    """On duty from now, for at most 16 hours, in the municipality of the worker's own unit.

    Raises NotAllowed without the role or while on duty, ValidationError without a reason.
    """
    User.objects.select_for_update().get(pk=user.pk)
    municipality = _municipality_to_watch(user)
    now = clock.now()
    shift = DutyShift.objects.create(
        user=user,
        municipality=municipality,
        reason=_said(reason),
        started_at=now,
        ends_at=now + timedelta(hours=_within_limit(hours)),
    )
    _record("duty_shift_started", shift, by, hours=hours)
    return shift


@transaction.atomic
def end_duty_shift(user: User, *, by: Actor) -> int:
    """Off duty now. How many shifts were ended: none for somebody who is not on duty."""
    running = list(queries.running_shifts(user).select_for_update())
    for shift in running:
        shift.ends_at = clock.now()
        shift.save(update_fields=["ends_at"])
        _record("duty_shift_ended", shift, by)
    return len(running)


def _municipality_to_watch(user: User) -> Municipality:
    municipality = queries.duty_municipality_of(user)
    if municipality is None:
        raise NotAllowed(_("Only out-of-hours workers go on duty."))
    if queries.running_shifts(user).exists():
        raise NotAllowed(_("You are on duty already."))
    return municipality


def _said(reason: str) -> str:
    if not reason.strip():
        raise ValidationError({"reason": _("Say why you go on duty.")})
    return reason.strip()


def _within_limit(hours: int) -> int:
    if not 1 <= hours <= LONGEST_HOURS:
        raise ValidationError({"hours": _("A shift lasts from 1 to 16 hours.")})
    return hours


def _record(action: str, shift: DutyShift, by: Actor, **details: int) -> None:
    audit.record(
        action=action,
        by=by,
        subject="duty_shift",
        subject_id=str(shift.pk),
        details={"user": shift.user_id, "municipality": shift.municipality_id, **details},
    )
