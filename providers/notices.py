"""What those who keep the register are told by mail: that something waits, and where it is read.

The mail names neither unit nor person; the page that it leads to does.
"""

from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from providers.models import BROKEN_OFF
from providers.queries import keeping
from spink.accounts import queries as accounts
from spink.accounts.domain.roles import Role
from spink.foundation import outbox
from spink.foundation.events import EventName
from spink.foundation.models import OutboxEvent


@outbox.handles(EventName.PLANNED_CHANGE_BROKE_OFF)
def tell_keepers(event: OutboxEvent) -> None:
    plan = keeping.planned(int(event.payload["plan_id"] or 0))
    addresses = accounts.mail_of_holders(Role.QUALITY_CONTROLLER)
    if plan is None or plan.state not in BROKEN_OFF or not addresses:
        return
    link = f"{settings.SPINK_BASE_URL}{reverse('providers:corrections')}"
    with translation.override(settings.LANGUAGE_CODE):
        body = render_to_string("providers/mail/planned_change.txt", {"link": link})
        subject = render_to_string("providers/mail/planned_change_subject.txt").strip()
    host = urlsplit(settings.SPINK_BASE_URL).hostname
    EmailMessage(
        subject=subject,
        body=body,
        bcc=addresses,
        headers={"Message-ID": f"<{event.id}@{host}>", "Auto-Submitted": "auto-generated"},
    ).send()
