"""Which files documents on requests name, so that they are not swept away."""

from placements.models import Attachment
from spink.accounts import wall
from spink.accounts.domain.jobs import SystemJob
from spink.foundation.files.sweeping import names_files


@names_files
def named_by_attachments(names: set[str]) -> set[str]:
    with wall.opened_for_job(SystemJob.CHECK_ATTACHMENTS):
        return set(
            Attachment.objects.filter(stored_as__in=names).values_list("stored_as", flat=True)
        )
