"""What the clock sends of this app: each may be sent twice, or by two clocks, without harm."""

from celery import shared_task

from placements.attachments.sweeping import sweep_files


@shared_task(expires=3600.0)
def sweep_attachment_files() -> None:
    sweep_files()
