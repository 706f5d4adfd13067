"""The link by which somebody sets a first or a new password. A password itself is never sent.

The link is worth nothing once it has been used, after a day, when a newer password or login
has come between, or when the account is shut out. It stands in no event, log or trail: it is made
when the mail is.
"""

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from spink.accounts.models import User
from spink.foundation import outbox
from spink.foundation.events import EventName
from spink.foundation.models import OutboxEvent


def link_for(user: User) -> str:
    place = urlsafe_base64_encode(force_bytes(user.pk))
    page = reverse("set-password", args=[place, default_token_generator.make_token(user)])
    return f"{settings.SPINK_BASE_URL}{page}"


@outbox.handles(EventName.PASSWORD_LINK_ASKED)
def send_link(event: OutboxEvent) -> None:
    user = User.objects.filter(pk=event.payload["user_id"], is_active=True).first()
    if user is None or not user.email:
        return
    with translation.override(settings.LANGUAGE_CODE):
        body = render_to_string(
            "accounts/mail/password_link.txt",
            {"link": link_for(user), "hours": settings.PASSWORD_RESET_TIMEOUT // 3600},
        )
        subject = render_to_string("accounts/mail/password_link_subject.txt").strip()
    host = urlsplit(settings.SPINK_BASE_URL).hostname
    EmailMessage(
        subject=subject,
        body=body,
        to=[user.email],
        headers={"Message-ID": f"<{event.id}@{host}>", "Auto-Submitted": "auto-generated"},
    ).send()
