"""Four eyes afterwards: a role that reads requests is told of to the other administrators.

Who got it and where stands in no mail; the trail that the mail leads to says it.
"""

from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from spink.accounts import queries
from spink.foundation import outbox
from spink.foundation.events import EventName
from spink.foundation.models import OutboxEvent


@outbox.handles(EventName.ROLE_ASSIGNED)
def tell_administrators(event: OutboxEvent) -> None:
    addresses = queries.mail_of_administrators(but=int(event.payload["by_user_id"] or 0))
    if not addresses:
        return
    link = f"{settings.SPINK_BASE_URL}{reverse('trail')}?subject=user"
    with translation.override(settings.LANGUAGE_CODE):
        body = render_to_string("accounts/mail/role_given.txt", {"link": link})
        subject = render_to_string("accounts/mail/role_given_subject.txt").strip()
    host = urlsplit(settings.SPINK_BASE_URL).hostname
    EmailMessage(
        subject=subject,
        body=body,
        bcc=addresses,
        headers={"Message-ID": f"<{event.id}@{host}>", "Auto-Submitted": "auto-generated"},
    ).send()
