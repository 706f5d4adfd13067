"""What becomes of the documents of checks after they were handed in: checked, and not swept up."""

from providers.models import CheckDocument
from spink.accounts import wall
from spink.accounts.access_log import Reading, log_reading
from spink.accounts.domain.jobs import SystemJob
from spink.foundation import outbox
from spink.foundation.actor import Actor
from spink.foundation.events import EventName
from spink.foundation.files.checking import settle
from spink.foundation.files.states import FileState
from spink.foundation.files.sweeping import names_files
from spink.foundation.models import OutboxEvent

JOB = SystemJob.CHECK_DOCUMENTS_OF_CHECKS
READING = Reading(by=Actor.system(JOB.name.lower()), route="outbox")


@outbox.handles(EventName.CHECK_DOCUMENT_ADDED)
def check_document(event: OutboxEvent) -> None:
    with wall.opened_for_job(JOB):
        waiting = CheckDocument.objects.select_for_update(of=("self",)).select_related(
            "provider_check__vetting", "provider_check__review"
        )
        document = waiting.filter(
            pk=event.payload["document_id"], state=FileState.CHECKING, removed_at=None
        ).first()
        if document is None:  # removed meanwhile, or checked by a worker that died after it
            return
        log_reading(READING, [document.provider_check.reference])
        settle(document)


@names_files
def named_by_documents(names: set[str]) -> set[str]:
    with wall.opened_for_job(JOB):
        return set(
            CheckDocument.objects.filter(stored_as__in=names).values_list("stored_as", flat=True)
        )
