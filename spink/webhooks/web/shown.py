"""Messages and types as the pages show them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from spink.webhooks.domain.types import MessageType
from spink.webhooks.models import State, WebhookDelivery, WebhookEndpoint
from spink.webhooks.wording import TYPES

LOOKS = {State.PENDING: "waiting", State.DELIVERED: "done", State.DEAD: "late"}


@dataclass(frozen=True, slots=True)
class Row:
    id: str
    says: str
    type: str
    at: datetime
    look: str
    state: str
    failure: str
    attempts: int
    next_at: datetime | None
    is_dead: bool


@dataclass(frozen=True, slots=True)
class Tab:
    label: str
    url: str
    current: bool
    count: int | str


def rows_of(found: Iterable[WebhookDelivery]) -> list[Row]:
    return [_row(one) for one in found]


def _row(one: WebhookDelivery) -> Row:
    state = State(one.state)
    return Row(
        id=str(one.message_id),
        says=str(TYPES[MessageType(one.type)]),
        type=one.type,
        at=one.occurred_at,
        look=LOOKS[state],
        state=str(state.label).capitalize(),
        failure=_failure(one),
        attempts=one.attempts,
        next_at=one.next_attempt_at if state is State.PENDING and one.last_failure else None,
        is_dead=state is State.DEAD,
    )


def _failure(one: WebhookDelivery) -> str:
    if not one.last_failure:
        return ""
    said = one.get_last_failure_display().capitalize()
    return f"{said} ({one.last_status})" if one.last_status else said


def tabs_of(endpoint: WebhookEndpoint, state: str) -> list[Tab]:
    page = reverse("webhook", args=[endpoint.pk])
    counted: list[tuple[str, str, int | str]] = [
        ("", _("All"), ""),
        (State.DEAD.value, _("Given up"), endpoint.dead),  # type: ignore[attr-defined]
        (State.PENDING.value, _("Waiting"), endpoint.waiting),  # type: ignore[attr-defined]
        (State.DELIVERED.value, _("Delivered"), ""),
    ]
    return [
        Tab(label, f"{page}?state={one}" if one else page, one == state, count)
        for one, label, count in counted
    ]


def types_of(endpoint: WebhookEndpoint) -> list[tuple[str, str]]:
    return [(code, str(TYPES[MessageType(code)])) for code in endpoint.event_types]
