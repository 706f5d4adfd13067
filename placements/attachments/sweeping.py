"""Files that no row names any more: left by an upload or a job that died halfway."""

from datetime import timedelta
from itertools import islice

from placements.models import Attachment
from spink.accounts import wall
from spink.accounts.domain.jobs import SystemJob
from spink.foundation.files import vault

GRACE = timedelta(hours=24)
"""Longer than any upload or check takes: a file is written before the row that names it."""
AT_ONCE = 500


def sweep_files() -> int:
    """Remove them; how many they were."""
    swept = 0
    old = vault.older_than(GRACE)
    while names := set(islice(old, AT_ONCE)):
        for name in names - _named(names):
            vault.remove(name)
            swept += 1
    return swept


def _named(names: set[str]) -> set[str]:
    with wall.opened_for_job(SystemJob.CHECK_ATTACHMENTS):
        return set(
            Attachment.objects.filter(stored_as__in=names).values_list("stored_as", flat=True)
        )
