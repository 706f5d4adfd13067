"""The courier's rounds: sent by the clock, and at once when something has been written."""

from typing import Final

from celery import shared_task
from django.utils.translation import gettext_lazy as _

from spink.accounts import wall
from spink.accounts.domain.jobs import SystemJob
from spink.foundation import jobs
from spink.foundation.tasks import send_in_haste
from spink.webhooks import actions, waking
from spink.webhooks.sending import courier

SECONDS_TO_BEGIN: Final = 9.0
SECONDS_OF_INTEREST: Final = 20.0
"""No pile of rounds is left behind by a time without workers."""


@shared_task(acks_late=True, reject_on_worker_lost=True, expires=SECONDS_OF_INTEREST)
def send_webhooks() -> None:
    courier.carry(seconds=SECONDS_TO_BEGIN)


@shared_task(expires=3600.0)
def forget_old_deliveries() -> None:
    with wall.opened_for_job(SystemJob.SEND_WEBHOOKS):
        actions.forget_old_deliveries()


@waking.wakes
def tell_worker() -> None:
    send_in_haste(send_webhooks)


jobs.describe(send_webhooks.name, _("Send webhooks"))
jobs.describe(forget_old_deliveries.name, _("Forget webhooks that were sent long ago"))
