"""The documents of a check in words, as the one who reads them may act on them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.translation import gettext as _

from providers.models import CheckDocument
from spink.foundation.files.states import FileState
from spink.web.files.words import LOOKS, REFUSALS, WORDS


@dataclass(frozen=True, slots=True)
class ShownDocument:
    name: str
    url: str
    """Empty as long as nobody gets it."""
    size: str
    look: str
    state: str
    note: str
    who: str
    at: datetime
    remove_url: str


def shown_documents(
    documents: Iterable[CheckDocument], *, can_remove: bool = False
) -> list[ShownDocument]:
    return [_shown(one, can_remove=can_remove) for one in documents]


def _shown(one: CheckDocument, *, can_remove: bool) -> ShownDocument:
    address = [one.provider_check_id, one.pk]
    is_removed, is_refused = one.removed_at is not None, one.state == FileState.REFUSED
    stands = not (is_removed or is_refused)
    note = str(REFUSALS.get(one.refusal, ""))
    if is_removed:
        said = {"who": one.removed_by, "why": one.removed_because}
        note = _("Removed by %(who)s: %(why)s") % said
    return ShownDocument(
        name=one.name,
        url=reverse("providers:check-document", args=address) if one.may_be_opened else "",
        size=filesizeformat(one.size) if stands else "",
        look="none" if is_removed else LOOKS[FileState(one.state)],
        state=_("Removed") if is_removed else str(WORDS[FileState(one.state)]),
        note=note,
        who=str(one.added_by),
        at=one.added_at,
        remove_url=reverse("providers:check-document-remove", args=address)
        if can_remove and stands
        else "",
    )
