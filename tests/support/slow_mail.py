"""A mailbox in a folder, behind a mail server that takes its time before and after."""

import time
from collections.abc import Sequence

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends import filebased


class EmailBackend(filebased.EmailBackend):
    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        time.sleep(settings.SECONDS_TO_SEND / 2)
        sent = super().send_messages(email_messages)
        time.sleep(settings.SECONDS_TO_SEND / 2)
        return sent or 0
