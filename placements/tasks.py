"""What the clock sends of this app: each may be sent twice, or by two clocks, without harm."""

from celery import shared_task
from django.utils.translation import gettext_lazy as _

from placements.attachments.sweeping import sweep_files
from placements.notifications.digest import write_digests
from spink.foundation import jobs


@shared_task(expires=3600.0)
def sweep_attachment_files() -> None:
    sweep_files()


@shared_task(expires=600.0)
def write_mail_digests() -> None:
    write_digests()


jobs.describe(sweep_attachment_files.name, _("Sweep away files that no document has"))
jobs.describe(write_mail_digests.name, _("Write the daily mail"))
