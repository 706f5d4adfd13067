"""The mail of a notification: the reference, one plain sentence and a link, nothing personal.

It is sent at least once, and always with the same Message-ID, by which a mailbox knows a copy:
whoever dies between the sending and the commit has sent a mail that the next attempt repeats.
"""

from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from placements.models import MailChoice, Notification
from placements.notifications.reaching import still_reaches
from placements.notifications.sentences import sentence
from placements.queries.mail_choice import mail_choice_of
from spink.accounts import wall
from spink.accounts.domain.jobs import SystemJob
from spink.foundation import clock, outbox
from spink.foundation.events import EventName
from spink.foundation.models import OutboxEvent

TEMPLATE = "placements/mail/notification.txt"


@outbox.handles(EventName.NOTIFICATION_WRITTEN)
def send_mail(event: OutboxEvent) -> None:
    with wall.opened_for_job(SystemJob.DELIVER_NOTIFICATIONS):
        not_sent = Notification.objects.select_related("user").filter(mailed_at__isnull=True)
        notification = not_sent.filter(id=event.payload["notification_id"]).first()
        if notification is None or not _takes_mail(notification):
            return
        mail_of(notification, reference=event.payload["reference"]).send()
        Notification.objects.filter(id=notification.id).update(mailed_at=clock.now())


def _takes_mail(notification: Notification) -> bool:
    """Now: who wants one mail a day gets it from the digest, which finds what was not mailed."""
    user = notification.user
    if not (user.email and still_reaches(user, notification.request_id)):
        return False
    return mail_choice_of(user.pk) is MailChoice.How.AT_ONCE


def mail_of(notification: Notification, *, reference: str) -> EmailMessage:
    page = reverse("placements:request", args=[reference])
    with translation.override(settings.LANGUAGE_CODE):
        body = render_to_string(
            TEMPLATE,
            {
                "reference": reference,
                "sentence": sentence(notification.event),
                "link": f"{settings.SPINK_BASE_URL}{page}",
            },
        )
    return EmailMessage(
        subject=reference,
        body=body,
        to=[notification.user.email],
        headers=headers_of(notification.id),
    )


def headers_of(message_id: UUID) -> dict[str, str]:
    """The same for every attempt at one mail."""
    host = urlsplit(settings.SPINK_BASE_URL).hostname
    return {"Message-ID": f"<{message_id}@{host}>", "Auto-Submitted": "auto-generated"}
