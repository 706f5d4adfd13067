"""Four eyes afterwards: what could open requests to somebody is told to the other administrators.

Such are a role that reads requests, a link to choose the password of somebody who holds one, and
another mail address for such links, which the former address is told of as well. Whom it is about
stands in no mail; the trail that the mail leads to says it.
"""

from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from spink.accounts import queries
from spink.accounts.domain.roles import Role
from spink.foundation import outbox
from spink.foundation.events import EventName
from spink.foundation.models import OutboxEvent

LETTERS = {
    EventName.ROLE_ASSIGNED: "role_given",
    EventName.PASSWORD_LINK_GIVEN: "link_given",
    EventName.MAIL_ADDRESS_CHANGED: "address_changed",
}


@outbox.handles(*LETTERS)
def tell_administrators(event: OutboxEvent) -> None:
    but = int(event.payload["by_user_id"] or 0)
    addresses = queries.mail_of_holders(Role.ADMINISTRATOR, but=but)
    if addresses:
        _send(event, LETTERS[EventName(event.name)], addresses)


@outbox.handles(EventName.MAIL_ADDRESS_CHANGED)
def tell_former_address(event: OutboxEvent) -> None:
    former = queries.former_mail_address(int(event.payload["entry_id"] or 0))
    if former:
        _send(event, "own_address_changed", [former])


def _send(event: OutboxEvent, letter: str, addresses: list[str]) -> None:
    link = f"{settings.SPINK_BASE_URL}{reverse('trail')}?subject=user"
    with translation.override(settings.LANGUAGE_CODE):
        body = render_to_string(f"accounts/mail/{letter}.txt", {"link": link})
        subject = render_to_string(f"accounts/mail/{letter}_subject.txt").strip()
    host = urlsplit(settings.SPINK_BASE_URL).hostname
    EmailMessage(
        subject=subject,
        body=body,
        bcc=addresses,
        headers={"Message-ID": f"<{event.id}.{letter}@{host}>", "Auto-Submitted": "auto-generated"},
    ).send()
