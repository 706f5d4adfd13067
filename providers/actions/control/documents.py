"""Documents are added to a check that stands, and removed again until the decision is made."""

from contextlib import AbstractContextManager
from typing import Any
from uuid import UUID

from django.db import transaction

from providers.actions.control.checking import Step, keep_document, taking
from providers.actions.control.reviews import REVIEW
from providers.actions.control.vettings import VETTING
from providers.domain.control.review import ReviewStep
from providers.domain.control.vetting import VettingStep
from providers.models import CheckDocument, ProviderCheck
from spink.foundation import clock
from spink.foundation.actor import Actor
from spink.foundation.bad_input import BadInput
from spink.foundation.files import vault
from spink.foundation.files.states import Document, FileState


class NotRemovable(Exception):
    """Somebody else was quicker, or the document was refused and is not there at all."""


def add_document(*, check_id: int, document: Document, by: Actor) -> CheckDocument:
    """Raises VettingStepNotAllowed, ReviewStepNotAllowed, TooManyDocuments, BadInput for a check
    that has been made again since."""
    made = ProviderCheck.objects.get(pk=check_id)
    with _taking(made, "add_file", by) as step:
        made.refresh_from_db()
        if not made.is_latest:
            raise BadInput("has been made again", field="document")
        kept = keep_document(made, document, by)
        step.entry["check_code"] = made.check_code
    return kept


def remove_document(*, check_id: int, document_id: UUID, because: str, by: Actor) -> None:
    """The file is gone; that it was there stands on record. Raises VettingStepNotAllowed,
    ReviewStepNotAllowed once it is decided, NotRemovable."""
    made = ProviderCheck.objects.get(pk=check_id)
    with _taking(made, "remove_file", by) as step:
        standing = CheckDocument.objects.select_for_update(of=("self",)).filter(
            provider_check=made, pk=document_id, removed_at=None
        )
        document = standing.exclude(state=FileState.REFUSED).first()
        if document is None:
            raise NotRemovable
        lay_as, document.stored_as = document.stored_as, ""
        document.removed_at = clock.now()
        document.removed_by_id = by.user_id
        document.removed_because = because
        document.save()
        step.entry |= {"check_code": made.check_code, "text": because}
        transaction.on_commit(lambda: vault.remove(lay_as))


def _taking(made: ProviderCheck, step: str, by: Actor) -> AbstractContextManager[Step[Any]]:
    if made.vetting_id is not None:
        return taking(VETTING, VettingStep(step), made.vetting_id, by, None)
    return taking(REVIEW, ReviewStep(step), made.part_of.pk, by, None)
