"""A document is looked through by the scanner and stripped of what it tells of its maker.

In that order: nothing opens a file that the scanner has not seen. Where no verdict is to be had the
event fails and is tried again; until then the document is being checked, and nobody gets it.
"""

from django.db import transaction

from spink.foundation import clock
from spink.foundation.files import vault
from spink.foundation.files.apart import cleaned_apart
from spink.foundation.files.cleaning import Refusal, Refused
from spink.foundation.files.kinds import Kind
from spink.foundation.files.scanning import ScannerFailed, scanner
from spink.foundation.files.states import FileState
from spink.foundation.models import HandedInFile


def settle(file: HandedInFile) -> None:
    """Check the file, and keep what came of it. The row is locked by the caller."""
    came_as = file.stored_as
    try:
        content = _checked(vault.read(came_as), Kind.by_ending(file.ending))
    except Refused as refused:
        file.state, file.refusal = FileState.REFUSED, refused.reason
        file.stored_as = ""
    else:
        file.state = FileState.CLEAN
        file.stored_as = vault.keep(content)
        file.size = len(content)
    file.checked_at = clock.now()
    file.save()
    transaction.on_commit(lambda: vault.remove(came_as))


def _checked(data: bytes, kind: Kind) -> bytes:
    """The document as it is given out. Raises Refused, and ScannerFailed where none can say."""
    asked = scanner()
    if asked is None:
        raise ScannerFailed("no scanner is named")
    if not asked.scan(data).is_clean:
        raise Refused(Refusal.INFECTED)
    return cleaned_apart(data, kind)
