"""People: made, changed, let in and shut out, each step with an audit row."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction

from spink.accounts import queries
from spink.accounts.actions.roles import NewRole, assign_role, check_administrator_is_left
from spink.accounts.domain.roles import READS_REQUESTS, Role
from spink.accounts.models import DutyShift, User
from spink.accounts.policies import check_is_somebody_else
from spink.foundation import audit, clock, keeping, outbox
from spink.foundation.actor import Actor
from spink.foundation.events import Event, EventName

KEPT_OF_A_PERSON = ("username", "first_name", "last_name", "email", "phone")


@transaction.atomic
def create_user(
    username: str,
    *,
    first_name: str = "",
    last_name: str = "",
    email: str = "",
    phone: str = "",
    password: str | None = None,
    roles: Iterable[NewRole] = (),
    by: Actor,
) -> User:
    """A new user; without a password, one who cannot log in until one is set."""
    user = User.objects.create_user(
        username,
        email=email,
        password=password,
        first_name=first_name,
        last_name=last_name,
        phone=phone,
    )
    _record("user_created", user, by)
    for role in roles:
        assign_role(user, role, by=by)
    return user


@transaction.atomic
def change_user(user: User, values: Mapping[str, Any], *, seen: str, by: Actor) -> keeping.Changed:
    """Another mail address is told of at the former one, since links for passwords go to it.

    Raises keeping.Outdated, ValidationError.
    """
    changed = keeping.change(user, values, seen=seen, by=by)
    if "email" in changed:
        entry = queries.trail_of("user", str(user.pk)).filter(action="user_changed")[0]
        told: dict[str, str | int | None] = {"entry_id": entry.pk, "by_user_id": by.user_id}
        outbox.publish(Event(EventName.MAIL_ADDRESS_CHANGED, told))
    return changed


@transaction.atomic
def deactivate_user(user: User, *, by: Actor) -> None:
    """Out at once: every session and open link is worth nothing, shifts are ended. Roles remain.

    Raises NotAllowed for oneself, ValidationError for the last administrator.
    """
    check_is_somebody_else(user, by)
    check_administrator_is_left(without=user)
    held = User.objects.select_for_update().get(pk=user.pk)
    if not held.is_active:
        return
    held.is_active = False
    held.set_unusable_password()
    held.save(update_fields=["is_active", "password"])
    running = DutyShift.objects.filter(user=held, ends_at__gt=clock.now())
    running.filter(started_at__lte=clock.now()).update(ends_at=clock.now())
    _record("user_deactivated", held, by)


@transaction.atomic
def activate_user(user: User, *, by: Actor) -> None:
    """Let in anew, with the roles still held; a new password is set by a new link."""
    check_is_somebody_else(user, by)
    held = User.objects.select_for_update().get(pk=user.pk)
    if held.is_active:
        return
    held.is_active = True
    held.save(update_fields=["is_active"])
    _record("user_activated", held, by)


@transaction.atomic
def send_password_link(user: User, *, by: Actor) -> None:
    """A link by which the person sets a password goes to the person's own mail address."""
    outbox.publish(Event(EventName.PASSWORD_LINK_ASKED, {"user_id": user.pk}))
    _record("password_link_sent", user, by)
    _tell_of_link(user, by)


@transaction.atomic
def note_password_link_shown(user: User, *, by: Actor) -> None:
    """The link was handed to the administrator instead: whoever used it can be asked."""
    _record("password_link_shown", user, by)
    _tell_of_link(user, by)


def _tell_of_link(user: User, by: Actor) -> None:
    """Whoever has the link of somebody who reads requests, or lets others read, could do so."""
    held = queries.roles_on(clock.today()).filter(user=user)
    if held.filter(role__in=READS_REQUESTS | {Role.ADMINISTRATOR}).exists():
        outbox.publish(Event(EventName.PASSWORD_LINK_GIVEN, {"by_user_id": by.user_id}))


def _record(action: str, user: User, by: Actor) -> None:
    audit.record(
        action=action,
        by=by,
        subject="user",
        subject_id=str(user.pk),
        details={"name": str(user)},
    )
