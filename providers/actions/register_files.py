"""Files that people upload: reviewed before anything is saved, then imported as reviewed."""

from collections.abc import Callable
from dataclasses import asdict, replace
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from django.db import Error

from providers.actions.import_register import BadRegisterFile, check_register, import_register
from providers.diary import changing_register
from providers.domain.tables.composing import Composed, compose
from providers.domain.tables.describing import differences
from providers.domain.tables.faults import (
    MOST_FAULTS,
    TableFault,
    Unreadable,
    listed_faults,
)
from providers.domain.tables.reading import read_tables
from providers.domain.tables.sheets import Sheets
from providers.models import ImportProgress, RegisterUpload, UploadState
from providers.policies import can_keep_register
from providers.queries import current_number
from providers.queries.tables import register_document, table_sheets
from spink.accounts import queries as accounts
from spink.foundation import clock, outbox
from spink.foundation.actor import Actor
from spink.foundation.events import Event, EventName

KEPT_FOR: Final = timedelta(hours=8)
IMPORTED: Final = "Import"
"""What the diary keeps of a file for ever: its name may be somebody's."""

Progress = Callable[[int, int], None]


class NotWaiting(Exception):
    """The upload is confirmed already, or its time is up."""


class RegisterChanged(Exception):
    """The register has another number than when the file was reviewed."""


def upload_register_file(*, content: bytes, filename: str, by: Actor) -> RegisterUpload:
    """Keep the file with its review. Raises Unreadable for a file that holds no tables."""
    forget_expired_uploads()
    number, review = _reviewed(content)
    now = clock.now()
    return RegisterUpload.objects.create(
        by_id=by.user_id,
        filename=filename[-200:],
        content=b"" if review["faults"] else content,
        created_at=now,
        expires_at=now + KEPT_FOR,
        number=number,
        review=review,
        state=UploadState.FAULTY if review["faults"] else UploadState.WAITING,
    )


def confirm_upload(*, upload_id: UUID, by: Actor) -> RegisterUpload:
    """Have the reviewed file imported. Raises RegisterChanged after having reviewed it anew."""
    upload = _waiting(upload_id, by)
    if upload.number != current_number():
        _review_again(upload)
        raise RegisterChanged
    upload.state = UploadState.CONFIRMED
    upload.save(update_fields=["state"])
    ImportProgress.objects.create(upload=upload)
    outbox.publish(Event(EventName.REGISTER_IMPORT_CONFIRMED, {"upload_id": str(upload.pk)}))
    return upload


def review_upload_again(*, upload_id: UUID, by: Actor) -> RegisterUpload:
    """Against the register as it is now."""
    upload = _waiting(upload_id, by)
    _review_again(upload)
    return upload


def discard_upload(*, upload_id: UUID, by: Actor) -> None:
    RegisterUpload.objects.filter(pk=upload_id, by=by.user_id).exclude(
        state=UploadState.CONFIRMED
    ).delete()


def forget_expired_uploads() -> None:
    """Asked by the clock, and by whoever looks at his or her files."""
    RegisterUpload.objects.filter(expires_at__lte=clock.now()).delete()


def carry_out_import(*, upload_id: UUID, progress: Progress) -> None:
    """Import what was confirmed, as it was reviewed; or else say why not."""
    upload = RegisterUpload.objects.filter(pk=upload_id, state=UploadState.CONFIRMED).first()
    if upload is None:
        return
    upload.state, faults = _imported(upload, progress)
    if upload.state == UploadState.IMPORTED:
        upload.imported_number = current_number()
    if upload.state != UploadState.OUTDATED:
        upload.content = b""
    if faults:
        listed = [asdict(fault) for fault in listed_faults(faults)]
        upload.review = {"faults": listed, "sheets": []}
    upload.save(update_fields=["state", "imported_number", "content", "review"])


def _imported(upload: RegisterUpload, progress: Progress) -> tuple[UploadState, list[TableFault]]:
    if not can_keep_register(accounts.reach_of_user(upload.by)):
        return UploadState.REFUSED, []
    by = upload.by.actor
    try:
        with changing_register(by=by):  # nobody else changes the register from here on
            if current_number() != upload.number:
                return UploadState.OUTDATED, []
            composed = _composed(bytes(upload.content), table_sheets())[1]
            import_register(document=composed.document, by=by, note=IMPORTED, progress=progress)
    except (BadRegisterFile, Unreadable) as bad:
        return UploadState.REFUSED, _faults_of(bad)
    except Error:  # a rule that the database alone knows
        return UploadState.REFUSED, [TableFault("the database refused what the file says")]
    return UploadState.IMPORTED, []


def _faults_of(bad: BadRegisterFile | Unreadable) -> list[TableFault]:
    reasons = [bad.reason] if isinstance(bad, Unreadable) else [one.reason for one in bad.faults]
    return [TableFault(reason) for reason in reasons]


def _waiting(upload_id: UUID, by: Actor) -> RegisterUpload:
    """Locked. An outdated import may be reviewed and confirmed again."""
    upload = (
        RegisterUpload.objects.select_for_update()
        .filter(pk=upload_id, by=by.user_id, expires_at__gt=clock.now())
        .filter(state__in=[UploadState.WAITING, UploadState.OUTDATED])
        .first()
    )
    if upload is None:
        raise NotWaiting
    ImportProgress.objects.filter(upload=upload).delete()
    return upload


def _review_again(upload: RegisterUpload) -> None:
    upload.number, upload.review = _reviewed(bytes(upload.content))
    upload.state = UploadState.FAULTY if upload.review["faults"] else UploadState.WAITING
    upload.save(update_fields=["number", "review", "state"])


def _reviewed(content: bytes) -> tuple[int, dict[str, Any]]:
    """The register's number, and what the file would change in it or all that is wrong with it."""
    sheets = table_sheets()
    number, composed = _composed(content, sheets)
    faults, changed = list(composed.faults), []
    try:
        if len(faults) <= MOST_FAULTS:  # else it was not read to its end
            check_register(composed.document)
    except BadRegisterFile as bad:
        told = {(one.sheet, one.line, one.heading) for one in faults}
        placed = (composed.at(fault) for fault in bad.faults)
        faults += [one for one in placed if (one.sheet, one.line, one.heading) not in told]
    if not faults:
        found = differences(composed.current, composed.document, sheets)
        changed = [sheet for sheet in found if sheet.slug in composed.slugs]
    return number, {
        "faults": [asdict(fault) for fault in listed_faults(faults)],
        "sheets": [asdict(sheet) for sheet in changed],
    }


def _composed(content: bytes, sheets: Sheets) -> tuple[int, Composed]:
    """Laid over the register as it is at the number. Raises Unreadable."""
    number, register = register_document()
    tables, faults = read_tables(content, sheets)
    composed = compose(tables, register, sheets)
    return number, replace(composed, faults=[*faults, *composed.faults])
